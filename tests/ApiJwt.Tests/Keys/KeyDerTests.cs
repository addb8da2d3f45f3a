using System.Numerics;
using System.Security.Cryptography;

namespace Hudya.Tests.Keys;

/// <summary>Tests the DER structures in a key text: keys of other algorithms, and damaged keys.</summary>
public class KeyDerTests
{
    private const string Damaged = "the key is damaged, or has bytes after its end. Export it once more.";
    private const string NoKey = "the format of the key is not recognized";

    private const string Ed25519 = "1.3.101.112";
    private const string Ed448 = "1.3.101.113";
    private const string X25519 = "1.3.101.110";
    private const string X448 = "1.3.101.111";
    private const string Dsa = "1.2.840.10040.4.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Elliptic = "1.2.840.10045.2.1";
    private const string DiffieHellman = "1.2.840.113549.1.3.1";

    private static readonly Dictionary<string, (string Text, string Fault)> DamagedPublicTexts = MakeDamagedPublicTexts();

    public static TheoryData<string> DamagedPublic => [.. DamagedPublicTexts.Keys];

    [Theory]
    [MemberData(nameof(DamagedPublic))]
    public void A_damaged_public_key_is_refused(string damage) => Refused.AsPublic(DamagedPublicTexts[damage].Text).Should().Contain(DamagedPublicTexts[damage].Fault);

    [Theory]
    [InlineData(1), InlineData(100)]
    public void A_key_with_bytes_after_its_end_is_refused(int count)
    {
        byte[] more = RandomNumberGenerator.GetBytes(count);
        foreach (byte[] der in KeyForms.Public.Values.Select(KeyForge.DerOf))
        {
            Refused.AsPublic(Convert.ToBase64String([.. der, .. more])).Should().Contain(Damaged);
            Refused.AsPublic(KeyForge.Pem("PUBLIC KEY", [.. der, .. more])).Should().Contain(Damaged);
        }

        foreach (byte[] der in KeyForms.Private.Values.Select(KeyForge.DerOf))
        {
            Refused.AsPrivate(Convert.ToBase64String([.. der, .. more])).Should().Contain(Damaged);
            Refused.AsPrivate(KeyForge.Pem("PRIVATE KEY", [.. der, .. more])).Should().Contain(Damaged);
        }
    }

    [Theory]
    [InlineData(0.02), InlineData(0.5), InlineData(0.99)]
    public void A_truncated_key_is_refused(double share)
    {
        foreach (string form in (string[])["SPKI", "certificate"])
            Refused.AsPublic(Head(KeyForge.DerOf(KeyForms.Public[form]), share)).Should().Contain(Damaged);
        foreach (byte[] der in KeyForms.Private.Values.Select(KeyForge.DerOf))
            Refused.AsPrivate(Head(der, share)).Should().Contain(Damaged);
    }

    [Fact]
    public void A_private_key_of_random_bytes_is_refused() =>
        Refused.AsPrivate(KeyForge.Pem("PRIVATE KEY", [0xFF, .. RandomNumberGenerator.GetBytes(299)])).Should().Contain(Damaged);

    [Theory]
    [InlineData("modulus"), InlineData("exponent"), InlineData("private numbers"), InlineData("noise")]
    public void A_private_key_whose_numbers_do_not_fit_together_is_refused(string foreign)
    {
        RSAParameters ours = NumbersOf(TestKeys.Ours);
        RSAParameters other = NumbersOf(TestKeys.Second);
        byte[] pkcs1 = KeyForge.Pkcs1Private(foreign switch
        {
            "modulus" => ours with { Modulus = other.Modulus },
            "exponent" => ours with { Exponent = [3] },
            "private numbers" => other with { Modulus = ours.Modulus, Exponent = ours.Exponent },
            _ => ours with { D = Noise(256), P = Noise(128), Q = Noise(128), DP = Noise(128), DQ = Noise(128), InverseQ = Noise(128) },
        });

        foreach (string pem in (string[])[KeyForge.Pem("RSA PRIVATE KEY", pkcs1), KeyForge.Pem("PRIVATE KEY", KeyForge.Pkcs8(KeyForge.RsaEncryption, pkcs1))])
            Refused.AsPrivate(pem).Should().Contain("the key is damaged").And.Contain("Export it once more.");
    }

    [Fact]
    public void An_elliptic_curve_key_is_refused_in_every_form()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (string pem in (string[])[key.ExportSubjectPublicKeyInfoPem(), KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(key)), key.ExportPkcs8PrivateKeyPem(), key.ExportECPrivateKeyPem()])
        {
            string[] faults = [Refused.AsPublic(pem), Refused.AsPublic(KeyForge.Base64(pem)), Refused.AsPrivate(pem), Refused.AsPrivate(KeyForge.Base64(pem))];

            faults.Should().OnlyContain(fault => fault.Contains("this is an EC key. RS256 takes an RSA key: openssl genrsa -out key.pem 2048", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(Elliptic, "this is an EC key.")]
    [InlineData(Ed25519, "this is an Ed25519 or Ed448 key.")]
    [InlineData(Ed448, "this is an Ed25519 or Ed448 key.")]
    [InlineData(X25519, "this is an X25519 or X448 key.")]
    [InlineData(X448, "this is an X25519 or X448 key.")]
    [InlineData(Dsa, "this is a DSA key.")]
    [InlineData(RsaPss, "this is a key for RSA-PSS only.")]
    [InlineData(DiffieHellman, "this is not an RSA key.")]
    public void A_key_of_another_algorithm_is_refused_by_the_name_of_the_algorithm(string algorithm, string fault)
    {
        byte[] content = algorithm switch
        {
            RsaPss => KeyForge.Pkcs1Public(KeyForge.Modulus(2048), KeyForge.UsualExponent),
            Dsa => KeyForge.Integers(BigInteger.One),
            _ => Noise(32),
        };

        Refused.AsPublic(KeyForge.Pem("PUBLIC KEY", KeyForge.Spki(algorithm, content))).Should().Contain(fault).And.Contain("RS256 takes an RSA key");
        Refused.AsPrivate(KeyForge.Pem("PRIVATE KEY", KeyForge.Pkcs8(algorithm, content))).Should().Contain(fault).And.Contain("RS256 takes an RSA key");
    }

    private static Dictionary<string, (string Text, string Fault)> MakeDamagedPublicTexts()
    {
        RSAParameters numbers = NumbersOf(TestKeys.Ours);
        byte[] pkcs1 = KeyForge.DerOf(KeyForms.Public["PKCS#1"]);
        byte[] threeNumbers = KeyForge.Integers(KeyForge.Number(numbers.Modulus), KeyForge.Number(numbers.Exponent), 1);
        byte[] noise = [0xFF, .. Noise(299)];
        var ders = new Dictionary<string, (byte[] Der, string Fault)>
        {
            ["a byte after the numbers inside"] = (KeyForge.Spki(KeyForge.RsaEncryption, [.. pkcs1, 0]), Damaged),
            ["three numbers"] = (threeNumbers, Damaged),
            ["three numbers inside"] = (KeyForge.Spki(KeyForge.RsaEncryption, threeNumbers), Damaged),
            ["a value after the numbers"] = (KeyForge.Spki(KeyForge.RsaEncryption, pkcs1, writer => writer.WriteNull()), Damaged),
            ["bits that belong to no byte"] = (KeyForge.Spki(KeyForge.RsaEncryption, [.. pkcs1[..^1], 0], unusedBits: 1), Damaged),
            ["noise"] = (noise, "the text is neither PEM nor base64"),
            ["noise in a SEQUENCE"] = ([0x30, 0x82, 0x01, 0x22, .. noise], Damaged),
            ["an empty SEQUENCE"] = ([0x30, 0x00], Damaged),
            ["an algorithm without a key"] = ([0x30, 0x07, 0x30, 0x03, 0x06, 0x01, 0x2A, 0x05, 0x00], NoKey),
            ["a number and a NULL"] = ([0x30, 0x05, 0x02, 0x01, 0x00, 0x05, 0x00], NoKey),
            ["a number and a set"] = ([0x30, 0x07, 0x02, 0x01, 0x01, 0x30, 0x02, 0x31, 0x00], Damaged),
            ["a length beyond the end"] = ([0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x02, 0x01, 0x00], "the key is damaged"),
            ["a length of 64 bits"] = ([0x30, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "the key is damaged"),
            ["SEQUENCEs nested without end"] = ([.. Enumerable.Repeat<byte[]>([0x30, 0x80], 5000).SelectMany(bytes => bytes)], "the key is damaged"),
        };
        var texts = ders.ToDictionary(pair => pair.Key, pair => (Convert.ToBase64String(pair.Value.Der), pair.Value.Fault));
        texts["an empty PEM block"] = ("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", Damaged);
        return texts;
    }

    private static RSAParameters NumbersOf(RsaKeyPair pair)
    {
        using RSA key = TestKeys.RsaOf(pair.PrivateKeyPem);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static byte[] Noise(int count) => RandomNumberGenerator.GetBytes(count);

    private static string Head(byte[] der, double share) => Convert.ToBase64String(der[..(int)(der.Length * share)]);
}
