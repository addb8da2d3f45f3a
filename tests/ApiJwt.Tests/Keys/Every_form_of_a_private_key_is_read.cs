using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class Every_form_of_a_private_key_is_read
{
    private static readonly Dictionary<string, string> Pems = MakePems();

    public static TheoryData<string, string> Forms => KeyWrappings.OfEach(Pems.Keys);

    [Theory]
    [MemberData(nameof(Forms))]
    public void And_issues_a_token_that_the_public_key_verifies(string kind, string wrapping)
    {
        string text = KeyWrappings.Wrap(Pems[kind], wrapping);

        string token = Issued.By(text);

        new PlainJwt(TestKeys.Verifying).Decode(token).IsValid.Should().BeTrue();
    }

    private static Dictionary<string, string> MakePems()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PKCS#8"] = key.ExportPkcs8PrivateKeyPem(),
            ["PKCS#1"] = key.ExportRSAPrivateKeyPem(),
        };
    }
}
