using System.Buffers.Text;
using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_key_in_a_foreign_notation_is_refused
{
    [Theory]
    [InlineData("ssh-rsa")]
    [InlineData("ssh-ed25519")]
    public void An_OpenSSH_public_key(string kind)
    {
        string text = $"{kind} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(279))} ann@host";

        foreach (string form in new[] { text, $" \"{text}\"\n", KeyForge.Base64(text), KeyWrappings.Json(text) })
            Refused.AsPublic(form).Should().Contain("this is an OpenSSH public key. Convert it with: ssh-keygen -e -m PKCS8");
    }

    [Fact]
    public void An_OpenSSH_private_key()
    {
        string text = KeyForge.Pem("OPENSSH PRIVATE KEY", [.. "openssh-key-v1\0"u8, .. RandomNumberGenerator.GetBytes(1000)]);

        foreach (string form in new[] { text, text.ReplaceLineEndings("\\n"), KeyForge.Base64(text) })
        {
            Refused.AsPrivate(form).Should().Contain("this is an OpenSSH private key. Convert it with: ssh-keygen -p -m PEM");
            Refused.AsPublic(form).Should().Contain("this is an OpenSSH private key");
        }
    }

    [Fact]
    public void A_JSON_Web_Key_and_a_set_of_them()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem);
        string jwk = $$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(key.ExportParameters(false).Modulus)}}","e":"AQAB"}""";

        foreach (string form in new[] { jwk, $$"""{"keys":[{{jwk}}]}""", $" '{jwk}' ", KeyForge.Base64(jwk) })
        {
            Refused.AsPublic(form).Should().Contain("A JSON Web Key is not read here: give the key as PEM");
            Refused.AsPrivate(form).Should().Contain("A JSON Web Key is not read here: give the key as PEM");
        }
    }
}
