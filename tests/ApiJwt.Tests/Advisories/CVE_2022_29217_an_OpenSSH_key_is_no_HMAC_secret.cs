using System.Security.Cryptography;
using System.Text;

namespace Hudya.Tests.Advisories;

/// <summary>PyJWT below 2.4.0: a public key in a form that its deny-list did not know was accepted as an HMAC secret.</summary>
public class CVE_2022_29217_an_OpenSSH_key_is_no_HMAC_secret
{
    [Fact]
    public void An_HMAC_with_an_OpenSSH_public_key_as_its_secret_is_refused()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem);
        RSAParameters numbers = key.ExportParameters(includePrivateParameters: false);
        byte[] blob = [0, 0, 0, 7, .. "ssh-rsa"u8, 0, 0, 0, 3, .. numbers.Exponent!, 0, 0, 1, 1, 0, .. numbers.Modulus!];
        string input = Forge.Encode("""{"alg":"HS256","typ":"JWT"}""") + "." + Forge.Encode(Forge.GoodPayload);
        var service = new PlainJwt(TestKeys.Verifying);

        foreach (string ending in (string[])["", "\n", " ops@host", " ops@host\n"])
        {
            byte[] secret = Encoding.ASCII.GetBytes("ssh-rsa " + Convert.ToBase64String(blob) + ending);
            string token = input + "." + Forge.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)));
            service.Decode(token).Failure.Should().Be(TokenFailure.UnsupportedAlgorithm);
        }
    }
}
