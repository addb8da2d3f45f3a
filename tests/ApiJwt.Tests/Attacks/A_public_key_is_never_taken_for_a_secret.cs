using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hudya.Tests.Attacks;

/// <summary>Anyone has the public key. An HMAC made with it as the secret must not count as a signature.</summary>
public class A_public_key_is_never_taken_for_a_secret
{
    public static HostileFamily Family { get; } = new("public key as secret", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void An_HMAC_with_a_public_key_as_its_secret_is_refused(string name) => Family.ShouldRefuse(name);

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach ((string form, byte[] secret) in FormsOf(TestKeys.Ours))
        {
            yield return new($"HS256 with {form}", Signed("HS256", HMACSHA256.HashData, secret), TokenFailure.UnsupportedAlgorithm);
            yield return new($"HS384 with {form}", Signed("HS384", HMACSHA384.HashData, secret), TokenFailure.UnsupportedAlgorithm);
            yield return new($"HS512 with {form}", Signed("HS512", HMACSHA512.HashData, secret), TokenFailure.UnsupportedAlgorithm);
            yield return new($"HS256 called RS256 with {form}", Signed("RS256", HMACSHA256.HashData, secret), TokenFailure.InvalidSignature);
        }
    }

    private static string Signed(string algorithm, Func<byte[], byte[], byte[]> hmac, byte[] secret)
    {
        string header = $$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{TestKeys.Ours.KeyId}}"}""";
        string input = Forge.Encode(header) + "." + Forge.Encode(GoodClaims.Json);
        return input + "." + Forge.Encode(hmac(secret, Encoding.ASCII.GetBytes(input)));
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The certificate is disposed; the analyzer does not see through the yield.")]
    private static IEnumerable<(string Form, byte[] Secret)> FormsOf(RsaKeyPair pair)
    {
        using RSA key = TestKeys.RsaOf(pair.PrivateKeyPem);
        RSAParameters numbers = key.ExportParameters(includePrivateParameters: false);
        string pem = key.ExportSubjectPublicKeyInfoPem();
        yield return ("PEM", Text(pem));
        yield return ("PEM and a line break", Text(pem + "\n"));
        yield return ("PEM with CRLF", Text(pem.ReplaceLineEndings("\r\n") + "\r\n"));
        yield return ("PEM in one line", Text(pem.ReplaceLineEndings("")));
        yield return ("PEM with literal \\n", Text(pem.ReplaceLineEndings("\\n")));
        yield return ("base64 of PEM", Text(pair.PublicKeyForEnvironment));
        yield return ("DER", key.ExportSubjectPublicKeyInfo());
        yield return ("base64 of DER", Text(Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));
        yield return ("PKCS#1 PEM", Text(key.ExportRSAPublicKeyPem()));
        yield return ("PKCS#1 PEM and a line break", Text(key.ExportRSAPublicKeyPem() + "\n"));
        yield return ("PKCS#1 DER", key.ExportRSAPublicKey());
        yield return ("JWK", Text($$"""{"e":"{{Forge.Encode(numbers.Exponent!)}}","kty":"RSA","n":"{{Forge.Encode(numbers.Modulus!)}}"}"""));
        yield return ("JWK set", Text(new PlainJwt(TestKeys.Verifying).Keys.ToJwks()));
        yield return ("OpenSSH", Text(OpenSsh(numbers)));
        yield return ("OpenSSH with a comment", Text(OpenSsh(numbers) + " ops@host\n"));
        yield return ("modulus", numbers.Modulus!);
        yield return ("modulus in hexadecimal", Text(Convert.ToHexString(numbers.Modulus!)));
        yield return ("modulus in base64url", Text(Forge.Encode(numbers.Modulus!)));
        yield return ("key id", Text(pair.KeyId));
        yield return ("no bytes", []);

        using X509Certificate2 certificate = Certificates.Issue("auth", pair);
        yield return ("certificate PEM", Text(certificate.ExportCertificatePem()));
        yield return ("certificate DER", certificate.RawData);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static string OpenSsh(RSAParameters key)
    {
        // RFC 4253, section 6.6: three fields, each after its length; a zero before the modulus keeps it positive.
        byte[][] fields = ["ssh-rsa"u8.ToArray(), key.Exponent!, [0, .. key.Modulus!]];
        IEnumerable<byte> blob = fields.SelectMany(field => (byte[])[0, 0, (byte)(field.Length >> 8), (byte)field.Length, .. field]);
        return "ssh-rsa " + Convert.ToBase64String([.. blob]);
    }
}
