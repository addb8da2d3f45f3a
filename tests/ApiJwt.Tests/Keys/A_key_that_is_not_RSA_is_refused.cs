using System.Numerics;
using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_key_that_is_not_RSA_is_refused
{
    private const string Ed25519 = "1.3.101.112";
    private const string Ed448 = "1.3.101.113";
    private const string X25519 = "1.3.101.110";
    private const string X448 = "1.3.101.111";
    private const string Dsa = "1.2.840.10040.4.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Elliptic = "1.2.840.10045.2.1";
    private const string DiffieHellman = "1.2.840.113549.1.3.1";

    private static readonly byte[] Raw = RandomNumberGenerator.GetBytes(32);

    private static readonly byte[] RsaNumbers = KeyForge.Pkcs1Public(KeyForge.Modulus(2048), KeyForge.UsualExponent);

    [Theory]
    [InlineData("EC, SPKI")]
    [InlineData("EC, certificate")]
    [InlineData("EC, PKCS#8")]
    [InlineData("EC, SEC1")]
    public void An_elliptic_curve_key_in_every_form(string form)
    {
        string pem = EllipticPem(form);

        string[] faults = [Refused.AsPublic(pem), Refused.AsPublic(KeyForge.Base64(pem)), Refused.AsPrivate(pem), Refused.AsPrivate(KeyForge.Base64(pem))];

        faults.Should().OnlyContain(fault => fault.Contains("this is an EC key. RS256 takes an RSA key: openssl genrsa -out key.pem 2048", StringComparison.Ordinal));
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
    public void A_key_of_another_algorithm_by_its_name(string algorithm, string reason)
    {
        byte[] content = algorithm switch
        {
            RsaPss => RsaNumbers,
            Dsa => KeyForge.Integers(BigInteger.One),
            _ => Raw,
        };

        string asPublic = Refused.AsPublic(KeyForge.Pem("PUBLIC KEY", KeyForge.Spki(algorithm, content)));
        string asPrivate = Refused.AsPrivate(KeyForge.Pem("PRIVATE KEY", KeyForge.Pkcs8(algorithm, content)));

        asPublic.Should().Contain(reason).And.Contain("RS256 takes an RSA key");
        asPrivate.Should().Contain(reason).And.Contain("RS256 takes an RSA key");
    }

    private static string EllipticPem(string form)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return form switch
        {
            "EC, SPKI" => key.ExportSubjectPublicKeyInfoPem(),
            "EC, certificate" => KeyForge.Pem("CERTIFICATE", KeyForge.Certificate(key)),
            "EC, PKCS#8" => key.ExportPkcs8PrivateKeyPem(),
            _ => key.ExportECPrivateKeyPem(),
        };
    }
}
