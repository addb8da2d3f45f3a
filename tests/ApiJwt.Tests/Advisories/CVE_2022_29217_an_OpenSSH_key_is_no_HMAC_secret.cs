using System.Security.Cryptography;
using System.Text;
using Hudya.Tests.Support;

namespace Hudya.Tests.Advisories;

/// <summary>PyJWT below 2.4.0: keys in forms that its list of forbidden beginnings did not know became HMAC secrets.</summary>
public class CVE_2022_29217_an_OpenSSH_key_is_no_HMAC_secret
{
    [Fact]
    public void Whatever_the_line_ends_with()
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
