using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public sealed class A_certificate_signs : IDisposable
{
    private static readonly DateTimeOffset LongAgo = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RSA _rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);

    public void Dispose() => _rsa.Dispose();

    /// <summary>Also one that has expired: of a certificate only the key is used.</summary>
    [Fact]
    public void With_its_private_key()
    {
        using X509Certificate2 certificate = Certificate(_rsa);
        var jwt = new PlainJwt(new ApiJwtOptions { Signer = TokenSigner.FromCertificate(certificate) });

        string token = jwt.Encode(new TokenRequest { Subject = "ann" });

        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Decode(token).IsValid.Should().BeTrue();
        new PlainJwt(TestKeys.Verifying).Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void And_stays_the_callers()
    {
        using X509Certificate2 certificate = Certificate(_rsa);
        TokenSigner.FromCertificate(certificate);

        using RSA? key = certificate.GetRSAPrivateKey();

        key!.SignData([1], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Should().NotBeEmpty();
    }

    [Fact]
    public void One_without_its_private_key_is_refused()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(KeyForge.Certificate(_rsa));

        FluentActions.Invoking(() => TokenSigner.FromCertificate(certificate)).Should().ThrowExactly<KeyFormatException>()
            .WithMessage("The certificate has no private key here. Load it with its private key, from a PFX file or a certificate store.");
    }

    [Fact]
    public void One_of_another_kind_of_key_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=api", key, HashAlgorithmName.SHA256).CreateSelfSigned(LongAgo, LongAgo.AddYears(1));

        FluentActions.Invoking(() => TokenSigner.FromCertificate(certificate)).Should().ThrowExactly<KeyFormatException>()
            .WithMessage("The certificate cannot sign: this is an EC key. RS256 takes an RSA key: openssl genrsa -out key.pem 2048");
    }

    [Fact]
    public void One_with_a_short_key_is_refused_where_it_is_to_sign()
    {
        using var key = RSA.Create(1024);
        using X509Certificate2 certificate = Certificate(key);

        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions { Signer = TokenSigner.FromCertificate(certificate) }))
            .Should().ThrowExactly<KeyFormatException>().WithMessage("*the key has 1024 bits*");
    }

    [Fact]
    public void None_is_an_argument_error()
    {
        FluentActions.Invoking(() => TokenSigner.FromCertificate(null!)).Should().ThrowExactly<ArgumentNullException>().WithParameterName("certificate");
    }

    private static X509Certificate2 Certificate(RSA key) =>
        new CertificateRequest("CN=api", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(LongAgo, LongAgo.AddYears(1));
}
