using System.Buffers.Text;
using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class The_key_pair_printed_in_the_Python_source_is_refused
{
    // The public half; the private one need not be spread further for this test.
    private const string PrintedModulus =
        "zkoXUA7qFoRC_f49OB6Qm0K5jdmKkYIsM_USD8lqGsiH7ixMQSoqr7H0RxqILdOHtvHe_QHSG-nqz6Vko6QcfgcI3LIhYiC1munfJXYZkaZ0yUgTjUHy2WIXRCtWNwav9YKpHpe5C7aeSb8-eohw8gfbcwjKTZ8XjHx7mfz7THDqRBZ1UI97V8R7LOFqPAvuDlD3uZfesJHCB6Dpo6YyDDc8LEev8FolxYVnG4fQZNFhONHciuCIxeZ5qnzPqGOykVHPByzVs_J9QXANMgCWD9yVapYwRaYKxMg9lqmRJdPSQ6AMByKBGgN-jxNfokvx2zV7yPKfD_fQ_k_q1FIdNQ";

    private const string Reason = "this is the key pair printed in the source of the Python library api_jwt: anyone can sign with it. Make a pair of your own";

    private static readonly RSAParameters Printed = new() { Modulus = Base64Url.DecodeFromChars(PrintedModulus), Exponent = [1, 0, 1] };

    public static TheoryData<string> Wrappings => [.. KeyWrappings.Names];

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void As_a_public_key_however_it_is_written(string wrapping)
    {
        using var key = RSA.Create(Printed);

        Refused.AsPublic(KeyWrappings.Wrap(key.ExportSubjectPublicKeyInfoPem(), wrapping)).Should().Contain(Reason);
        Refused.AsPublic(KeyWrappings.Wrap(key.ExportRSAPublicKeyPem(), wrapping)).Should().Contain(Reason);
    }

    [Fact]
    public void And_is_not_let_in_later_either()
    {
        using var key = RSA.Create(Printed);
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Invoking(it => it.Keys.AddPublic(key.ExportSubjectPublicKeyInfoPem())).Should().Throw<KeyFormatException>().WithMessage($"*{Reason}*");
        jwt.Invoking(it => it.Keys.Override([key.ExportSubjectPublicKeyInfoPem()])).Should().Throw<KeyFormatException>().WithMessage($"*{Reason}*");
    }
}
