using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Keys;

public sealed class A_PFX_file_signs : IDisposable
{
    private const string Password = "correct horse battery";

    private static readonly DateTimeOffset LongAgo = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly KeyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Password)]
    [InlineData("")]
    [InlineData(null)]
    public void With_its_password_or_without_one(string? password)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { CertificateFile = Pfx(TestKeys.Ours, password), CertificatePassword = password });

        string token = jwt.Encode(new TokenRequest { Subject = "ann" });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Decode(token).IsValid.Should().BeTrue();
        new PlainJwt(TestKeys.Verifying).Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void And_is_followed_as_other_key_files_are()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(new ApiJwtOptions { CertificateFile = Pfx(TestKeys.Ours, Password), CertificatePassword = Password, TimeProvider = clock });

        Pfx(TestKeys.Second, Password);
        clock.Advance(TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(2));

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId, TestKeys.Ours.KeyId);
    }

    [Fact]
    public void Another_password_is_refused_and_neither_is_shown()
    {
        string path = Pfx(TestKeys.Ours, Password);

        KeyFormatException exception = Refused.By(new ApiJwtOptions { CertificateFile = path, CertificatePassword = "wrong horse" });

        exception.Message.Should().Be($"ApiJwtOptions.CertificateFile ({path}): the file is not in the form PKCS#12 (.pfx, .p12), or ApiJwtOptions.CertificatePassword is not its password.");
        exception.ToString().Should().NotContain("horse");
    }

    [Fact]
    public void A_file_of_another_form_is_refused()
    {
        string path = _folder.Write("key.pfx", TestKeys.Ours.PrivateKeyPem);

        Refused.By(new ApiJwtOptions { CertificateFile = path }).Message.Should().Contain("the file is not in the form PKCS#12");
    }

    [Fact]
    public void A_file_without_a_private_key_is_refused()
    {
        using RSA rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(KeyForge.Certificate(rsa));

        RefusedWith([certificate]).Should().EndWith("the file has no private key. Export the certificate with its private key.");
    }

    [Fact]
    public void A_file_with_two_private_keys_is_refused()
    {
        using X509Certificate2 ours = CertificateOf(TestKeys.Ours);
        using X509Certificate2 second = CertificateOf(TestKeys.Second);

        RefusedWith([ours, second]).Should().EndWith("the file holds several private keys. Export the one that signs.");
    }

    [Fact]
    public void A_file_with_the_chain_of_the_certificate_is_taken()
    {
        using RSA rsa = TestKeys.RsaOf(TestKeys.Second.PrivateKeyPem);
        using X509Certificate2 ours = CertificateOf(TestKeys.Ours);
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(KeyForge.Certificate(rsa));
        string path = _folder.Write("key.pfx", new X509Certificate2Collection { authority, ours }.Export(X509ContentType.Pfx)!);

        new PlainJwt(new ApiJwtOptions { CertificateFile = path }).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void A_key_that_is_not_RSA_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=api", key, HashAlgorithmName.SHA256).CreateSelfSigned(LongAgo, LongAgo.AddYears(1));

        RefusedWith([certificate]).Should().Contain("this is an EC key. RS256 takes an RSA key");
    }

    [Fact]
    public void A_short_key_is_refused()
    {
        using var key = RSA.Create(1024);
        using X509Certificate2 certificate = new CertificateRequest("CN=api", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(LongAgo, LongAgo.AddYears(1));

        RefusedWith([certificate]).Should().Contain("the key has 1024 bits");
    }

    [Fact]
    public void The_setting_for_a_key_in_PEM_says_which_one_takes_it()
    {
        string path = Pfx(TestKeys.Ours, Password);

        Refused.By(new ApiJwtOptions { PrivateKeyFile = path }).Message.Should().Contain("this is a PKCS#12 file (.pfx, .p12). Name it in CertificateFile");
    }

    [Fact]
    public void The_password_is_not_serialized()
    {
        string json = JsonSerializer.Serialize(new ApiJwtOptions { CertificateFile = "/keys/key.pfx", CertificatePassword = Password });

        json.Should().Contain("/keys/key.pfx").And.NotContain(Password);
    }

    private static X509Certificate2 CertificateOf(RsaKeyPair pair)
    {
        using RSA rsa = TestKeys.RsaOf(pair.PrivateKeyPem);
        return new CertificateRequest("CN=api", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(LongAgo, LongAgo.AddYears(1));
    }

    private string Pfx(RsaKeyPair pair, string? password)
    {
        using X509Certificate2 certificate = CertificateOf(pair);
        return _folder.Write("key.pfx", certificate.Export(X509ContentType.Pfx, password));
    }

    private string RefusedWith(X509Certificate2Collection certificates)
    {
        string path = _folder.Write("key.pfx", certificates.Export(X509ContentType.Pfx)!);
        return Refused.By(new ApiJwtOptions { CertificateFile = path }).Message;
    }
}
