using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Keys;

/// <summary><see cref="ApiJwtOptions.CertificateFile"/>: a PFX file.</summary>
public sealed class CertificateFileTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly KeyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Password), InlineData(""), InlineData(null)]
    public void A_PFX_file_signs_with_its_password_or_without_one(string? password)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { CertificateFile = Pfx(TestKeys.Ours, password), CertificatePassword = password });

        new PlainJwt(TestKeys.Verifying).Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void A_PFX_file_with_the_chain_of_its_certificate_signs()
    {
        using X509Certificate2 signing = Certificates.Issue("authority", TestKeys.Second);
        using X509Certificate2 ours = Certificates.Issue("auth", TestKeys.Ours, signing);
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(signing.RawData);
        string path = _folder.Write("key.pfx", new X509Certificate2Collection { authority, ours }.Export(X509ContentType.Pfx)!);

        new PlainJwt(new ApiJwtOptions { CertificateFile = path }).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void A_PFX_file_that_changes_is_followed()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(new ApiJwtOptions { CertificateFile = Pfx(TestKeys.Ours, Password), CertificatePassword = Password, TimeProvider = clock });

        Pfx(TestKeys.Second, Password);
        clock.Advance(TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(2));

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId);
    }

    [Fact]
    public void A_wrong_password_is_refused_and_neither_password_is_shown()
    {
        string path = Pfx(TestKeys.Ours, Password);

        KeyFormatException exception = Refused.By(new ApiJwtOptions { CertificateFile = path, CertificatePassword = "wrong horse" });

        exception.Message.Should().Be($"ApiJwtOptions.CertificateFile ({path}): the file is not a PKCS#12 file (.pfx, .p12), or ApiJwtOptions.CertificatePassword is not its password.");
        exception.ToString().Should().NotContain("horse");
    }

    [Fact]
    public void A_file_in_PEM_is_refused_as_a_certificate_file_and_a_PFX_file_as_a_key_file()
    {
        string pem = _folder.Write("key.pem", TestKeys.Ours.PrivateKeyPem);

        Refused.By(new ApiJwtOptions { CertificateFile = pem }).Message.Should().Contain("the file is not a PKCS#12 file");
        Refused.By(new ApiJwtOptions { PrivateKeyFile = Pfx(TestKeys.Ours, Password) }).Message.Should().Contain("this is a PKCS#12 file (.pfx, .p12). Name it in CertificateFile");
    }

    [Fact]
    public void A_PFX_file_that_cannot_sign_is_refused()
    {
        using X509Certificate2 ours = Certificates.Issue("auth", TestKeys.Ours);
        using X509Certificate2 second = Certificates.Issue("auth", TestKeys.Second);
        using X509Certificate2 withoutKey = X509CertificateLoader.LoadCertificate(ours.RawData);
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 ofEllipticKey = KeyForge.ExpiredCertificate(elliptic);
        using var weak = RSA.Create(1024);
        using X509Certificate2 ofShortKey = KeyForge.ExpiredCertificate(weak);

        RefusalOf(withoutKey).Should().EndWith("the file has no private key. Export the certificate with its private key.");
        RefusalOf(ours, second).Should().EndWith("the file holds several private keys. Export the one that signs.");
        RefusalOf(ofEllipticKey).Should().Contain("this is an EC key. RS256 takes an RSA key");
        RefusalOf(ofShortKey).Should().Contain("the key has 1024 bits");
    }

    [Fact]
    public void The_password_is_not_serialized() =>
        JsonSerializer.Serialize(new ApiJwtOptions { CertificateFile = "/keys/key.pfx", CertificatePassword = Password })
            .Should().Contain("/keys/key.pfx").And.NotContain(Password);

    private string Pfx(RsaKeyPair pair, string? password) => _folder.Write("key.pfx", Certificates.Pfx(pair, password));

    private string RefusalOf(params X509Certificate2[] certificates)
    {
        string path = _folder.Write("key.pfx", new X509Certificate2Collection(certificates).Export(X509ContentType.Pfx)!);
        return Refused.By(new ApiJwtOptions { CertificateFile = path }).Message;
    }
}
