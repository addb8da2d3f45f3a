using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_private_key_where_a_public_one_belongs_is_refused
{
    public static TheoryData<string> Wrappings => [.. KeyWrappings.Names];

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void However_it_is_written(string wrapping)
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);

        foreach (string pem in new[] { key.ExportPkcs8PrivateKeyPem(), key.ExportRSAPrivateKeyPem() })
        {
            Refused.AsPublic(KeyWrappings.Wrap(pem, wrapping)).Should()
                .Contain("this is a private key where a public one belongs")
                .And.Contain("replace the pair if others could read this setting")
                .And.Contain("openssl pkey -in key.pem -pubout");
        }
    }

    [Fact]
    public void Under_the_label_of_a_public_key()
    {
        string disguised = KeyForge.Pem("PUBLIC KEY", KeyForge.DerOf(TestKeys.Ours.PrivateKeyPem));

        Refused.AsPublic(disguised).Should().Contain("this is a private key where a public one belongs");
    }

    [Fact]
    public void Beside_its_own_public_half()
    {
        string both = TestKeys.Ours.PublicKeyPem + "\n" + TestKeys.Ours.PrivateKeyPem;

        Refused.AsPublic(both).Should().Contain("this is a private key where a public one belongs");
    }
}
