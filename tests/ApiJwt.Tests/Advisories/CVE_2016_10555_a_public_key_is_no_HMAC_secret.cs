using System.Security.Cryptography;
using System.Text;

namespace Hudya.Tests.Advisories;

/// <summary>jwt-simple and others: a token chose HMAC in its header, and the library used the public key as the secret.</summary>
public class CVE_2016_10555_a_public_key_is_no_HMAC_secret
{
    [Fact]
    public void An_HMAC_with_the_public_key_as_PEM_or_DER_is_refused()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem);
        string input = Forge.Encode("""{"alg":"HS256","typ":"JWT"}""") + "." + Forge.Encode(Forge.GoodPayload);
        var service = new PlainJwt(TestKeys.Verifying);

        foreach (byte[] secret in (byte[][])[Encoding.ASCII.GetBytes(TestKeys.Ours.PublicKeyPem), key.ExportSubjectPublicKeyInfo(), key.ExportRSAPublicKey()])
        {
            string token = input + "." + Forge.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)));
            service.Decode(token).Failure.Should().Be(TokenFailure.UnsupportedAlgorithm);
        }
    }
}
