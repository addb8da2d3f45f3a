using System.Numerics;
using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>Tests the limits for the size, modulus and exponent of a key.</summary>
public class KeyStrengthTests
{
    private const string NotRsaNumbers = "the modulus or the exponent is not that of a usable RSA key. Make a new pair: openssl genrsa -out key.pem 2048";
    private const string Damaged = "the key is damaged";

    private static readonly BigInteger Usual = KeyForge.UsualExponent;
    private static readonly BigInteger Modulus = KeyForge.Modulus(2048);

    private static readonly Dictionary<string, (BigInteger Modulus, BigInteger Exponent, string Fault)> Weak = new()
    {
        ["exponent 1, with which every signature is its own message"] = (Modulus, 1, NotRsaNumbers),
        ["exponent 2"] = (Modulus, 2, NotRsaNumbers),
        ["exponent 3, below the bound of FIPS 186-5"] = (Modulus, 3, NotRsaNumbers),
        ["exponent 65535, below the bound of FIPS 186-5"] = (Modulus, 65535, NotRsaNumbers),
        ["exponent 65536"] = (Modulus, 65536, NotRsaNumbers),
        ["an exponent of 65 bits"] = (Modulus, (BigInteger.One << 64) + 1, NotRsaNumbers),
        ["an even modulus"] = (Modulus - 1, Usual, NotRsaNumbers),
        ["exponent 0"] = (Modulus, 0, Damaged),
        ["a negative exponent"] = (Modulus, -3, Damaged),
        ["a negative modulus"] = (-Modulus, Usual, Damaged),
        ["16385 bits"] = (KeyForge.Modulus(16385), Usual, "the key has 16385 bits. Up to 16384 are supported"),
        ["512 bits"] = (KeyForge.Modulus(512), Usual, "the key has 512 bits"),
        ["1024 bits"] = (KeyForge.Modulus(1024), Usual, "the key has 1024 bits"),
        ["2040 bits"] = (KeyForge.Modulus(2040), Usual, "the key has 2040 bits"),
        ["2047 bits"] = (KeyForge.Modulus(2047), Usual, "the key has 2047 bits"),
    };

    private static readonly Dictionary<string, (BigInteger Modulus, BigInteger Exponent)> Fit = new()
    {
        ["an exponent of 64 bits"] = (Modulus, (BigInteger.One << 64) - 1),
        ["an exponent whose bytes would be even in reverse"] = (Modulus, 0x020001),
        ["16384 bits"] = (KeyForge.Modulus(16384), Usual),
    };

    public static TheoryData<string> WeakNumbers => [.. Weak.Keys];

    public static TheoryData<string> FitNumbers => [.. Fit.Keys];

    [Theory]
    [MemberData(nameof(WeakNumbers))]
    public void A_public_key_with_weak_numbers_is_refused(string name)
    {
        byte[] numbers = KeyForge.Pkcs1Public(Weak[name].Modulus, Weak[name].Exponent);
        string[] faults =
        [
            Refused.AsPublic(KeyForge.Pem("RSA PUBLIC KEY", numbers)),
            Refused.AsPublic(KeyForge.Pem("PUBLIC KEY", KeyForge.Spki(KeyForge.RsaEncryption, numbers))),
            Refused.AsPublic(Convert.ToBase64String(KeyForge.Spki(KeyForge.RsaEncryption, numbers))),
        ];

        faults.Should().OnlyContain(fault => fault.Contains(Weak[name].Fault));
        if (Weak[name].Modulus.GetBitLength() < 2048)
            faults.Should().OnlyContain(fault => fault.Contains("2048 bits or more") && fault.Contains("openssl genrsa"));
    }

    [Theory]
    [MemberData(nameof(FitNumbers))]
    public void A_public_key_with_numbers_at_the_bounds_is_accepted(string name)
    {
        string pem = KeyForge.Pem("RSA PUBLIC KEY", KeyForge.Pkcs1Public(Fit[name].Modulus, Fit[name].Exponent));

        new PlainJwt(new ApiJwtOptions { PublicKeys = { pem } }).Keys.KeyIds.Should().ContainSingle();
    }

    /// <summary>In PKCS#1, a modulus of zero looks like the version number of a private key.</summary>
    [Fact]
    public void A_modulus_of_zero_is_refused() =>
        Refused.AsPublic(Convert.ToBase64String(KeyForge.Spki(KeyForge.RsaEncryption, KeyForge.Pkcs1Public(0, Usual)))).Should().Contain(Damaged);

    [Theory]
    [InlineData(512), InlineData(1024)]
    public void A_short_private_key_is_refused(int bits)
    {
        using var weak = RSA.Create(bits);

        Refused.AsPrivate(weak.ExportPkcs8PrivateKeyPem()).Should().Contain($"the key has {bits} bits").And.Contain("2048 bits or more");
        Refused.AsPrivate(weak.ExportRSAPrivateKeyPem()).Should().Contain($"the key has {bits} bits");
    }

    [Fact]
    public void A_short_key_in_a_certificate_is_refused()
    {
        using var weak = RSA.Create(1024);

        Refused.AsPublic(KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(weak))).Should().Contain("the key has 1024 bits");
    }

    [Fact]
    public void Diffie_Hellman_parameters_are_refused_as_a_key()
    {
        byte[] primeAndGenerator = KeyForge.Pkcs1Public(Modulus, 5);

        Refused.AsPublic(KeyForge.Pem("DH PARAMETERS", primeAndGenerator)).Should().Contain(NotRsaNumbers);
        Refused.AsPublic(Convert.ToBase64String(primeAndGenerator)).Should().Contain(NotRsaNumbers);
    }

    [Fact]
    public void Keys_of_different_sizes_verify_side_by_side_each_its_own_tokens()
    {
        var larger = RsaKeyPair.Generate(3072);
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { larger.PublicKeyPem, TestKeys.Ours.PublicKeyPem } });

        jwt.Decode(Issued.By(larger)).IsValid.Should().BeTrue();
        jwt.Decode(Issued.By(TestKeys.Ours)).IsValid.Should().BeTrue();
        jwt.Decode(Forge.Sign($$"""{"alg":"RS256","kid":"{{larger.KeyId}}"}""", Forge.GoodPayload)).Failure.Should().Be(TokenFailure.InvalidSignature, "it is signed with the shorter key and names the longer one");
    }
}
