using System.Security.Cryptography;
using System.Text;

namespace Hudya.Tests.Attacks;

public class Algorithms_other_than_RS256_are_refused
{
    private static readonly string[] Names =
    [
        // Spellings of "none" that deny-lists have missed.
        "none", "None", "NONE", "nOnE", "NoNe", "noNE", "none ", " none", "none\\u0000", "\\u006eone", "n\\u200Bone", "NULL", "null", "",
        // Names that resemble RS256.
        "rs256", "Rs256", "RS256 ", " RS256", "RS256\\u0000", "RS256\\n", "RS-256", "RS_256", "RS2560", "RS25", "RS0256", "ＲＳ２５６", "R\u017f256",
        "RS256,none", "none,RS256", "RS256;HS256", "RSASSA-PKCS1-v1_5", "SHA256withRSA", "sha256WithRSAEncryption", "1.2.840.113549.1.1.11",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256",
        // Other registered algorithms, and names that are not registered.
        "RS1", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES256K", "ES384", "ES512", "EdDSA", "Ed25519", "HS1", "HS256", "HS384", "HS512",
        "RSA1_5", "RSA-OAEP", "RSA-OAEP-256", "A128KW", "A256GCMKW", "dir", "ECDH-ES", "PBES2-HS256+A128KW", "A256GCM", "true", "0", "../RS256",
    ];

    private static readonly string[] NotStrings = ["null", "true", "false", "0", "256", "[]", "{}", "[\"RS256\"]", "[\"none\"]", "{\"RS256\":true}", "{\"alg\":\"RS256\"}"];

    public static HostileFamily Family { get; } = new("algorithms", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_token_with_another_algorithm_is_refused(string name) => Family.ShouldRefuse(name);

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach (string name in Names)
            yield return Signed($"named '{name}'", $$"""{"alg":"{{name}}","typ":"JWT"}""", TokenFailure.UnsupportedAlgorithm);
        foreach (string json in NotStrings)
            yield return Signed($"as the JSON {json}", $$"""{"alg":{{json}},"typ":"JWT"}""", TokenFailure.UnsupportedAlgorithm);
        yield return Signed("missing", """{"typ":"JWT"}""", TokenFailure.UnsupportedAlgorithm);
        yield return Signed("missing, the header being empty", "{}", TokenFailure.UnsupportedAlgorithm);
        yield return Signed("under another member's name", """{"Alg":"RS256","ALG":"RS256","typ":"JWT"}""", TokenFailure.UnsupportedAlgorithm);
        yield return Signed("in a nested header", """{"header":{"alg":"RS256"},"typ":"JWT"}""", TokenFailure.UnsupportedAlgorithm);

        string none = Forge.Encode("""{"alg":"none","typ":"JWT"}""") + "." + Forge.Encode(GoodClaims.Json);
        yield return new("none, without a signature", none + ".", TokenFailure.Malformed);
        yield return new("none, without a third part", none, TokenFailure.Malformed);
        yield return new("none, with a signature of one byte", none + ".AA", TokenFailure.UnsupportedAlgorithm);
        yield return new("none, with a signature of zeros", none + "." + Forge.Encode(new byte[256]), TokenFailure.UnsupportedAlgorithm);

        (string Name, HashAlgorithmName Hash, RSASignaturePadding Padding)[] rsa =
        [
            ("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            ("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            ("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            ("PS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
            ("PS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        ];
        using RSA ours = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        foreach ((string name, HashAlgorithmName hash, RSASignaturePadding padding) in rsa)
        {
            yield return new($"{name}, signed so with our key", With(name, input => ours.SignData(input, hash, padding)), TokenFailure.UnsupportedAlgorithm);
            yield return new($"{name}, signed so with our key, called RS256", With("RS256", input => ours.SignData(input, hash, padding)), TokenFailure.InvalidSignature);
        }

        (string Name, HashAlgorithmName Hash, ECCurve Curve)[] elliptic =
        [
            ("ES256", HashAlgorithmName.SHA256, ECCurve.NamedCurves.nistP256),
            ("ES384", HashAlgorithmName.SHA384, ECCurve.NamedCurves.nistP384),
            ("ES512", HashAlgorithmName.SHA512, ECCurve.NamedCurves.nistP521),
        ];
        foreach ((string name, HashAlgorithmName hash, ECCurve curve) in elliptic)
        {
            using var key = ECDsa.Create(curve);
            yield return new($"{name}, signed so", With(name, input => key.SignData(input, hash)), TokenFailure.UnsupportedAlgorithm);
            yield return new($"{name}, signed so, called RS256", With("RS256", input => key.SignData(input, hash)), TokenFailure.InvalidSignature);
        }

        // CVE-2022-21449: Java accepted the ECDSA signature (0, 0) for every message.
        yield return new("ES256, with r and s zero", With("ES256", _ => new byte[64]), TokenFailure.UnsupportedAlgorithm);
    }

    private static HostileToken Signed(string name, string header, TokenFailure failure) => new(name, Forge.Sign(header, GoodClaims.Json), failure);

    private static string With(string algorithm, Func<byte[], byte[]> sign)
    {
        string input = Forge.Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""") + "." + Forge.Encode(GoodClaims.Json);
        return input + "." + Forge.Encode(sign(Encoding.ASCII.GetBytes(input)));
    }
}
