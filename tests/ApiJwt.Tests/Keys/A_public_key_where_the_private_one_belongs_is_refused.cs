using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_public_key_where_the_private_one_belongs_is_refused
{
    [Theory]
    [InlineData("SPKI")]
    [InlineData("PKCS#1")]
    [InlineData("certificate")]
    public void In_every_form(string form)
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        string pem = form switch
        {
            "SPKI" => key.ExportSubjectPublicKeyInfoPem(),
            "PKCS#1" => key.ExportRSAPublicKeyPem(),
            _ => KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(key)),
        };

        foreach (string text in new[] { pem, KeyForge.Base64(pem), Convert.ToBase64String(KeyForge.DerOf(pem)) })
        {
            Refused.AsPrivate(text).Should()
                .Contain("this is a public key where the private one belongs")
                .And.Contain("or leave the setting out of a service that only verifies");
        }
    }

    [Fact]
    public void And_swapped_keys_are_both_named_at_once()
    {
        KeyFormatException exception = Refused.By(new ApiJwtOptions
        {
            PrivateKey = TestKeys.Ours.PublicKeyPem,
            PublicKeys = { TestKeys.Ours.PrivateKeyPem },
        });

        exception.Faults.Should().SatisfyRespectively(
            fault => fault.Should().StartWith("ApiJwtOptions.PrivateKey: this is a public key"),
            fault => fault.Should().StartWith("ApiJwtOptions.PublicKeys[0]: this is a private key"));
        exception.Message.Should().ContainAll(exception.Faults);
    }
}
