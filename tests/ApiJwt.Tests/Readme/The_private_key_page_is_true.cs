using System.Security.Cryptography.X509Certificates;
using Amazon.KeyManagementService;
using Hudya.Tests.Hsm;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Hudya.Tests.Readme;

[Collection(nameof(SoftHsm))]
public sealed class The_private_key_page_is_true : IDisposable
{
    private static readonly TokenRequest Request = new() { Subject = "ann" };

    private readonly KeyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_private_key_is_read_from_the_path_in_the_settings()
    {
        #region PrivateKeyFile
        var options = new ApiJwtOptions { PrivateKeyFile = "/run/secrets/jwt/private.pem" };
        #endregion

        options.PrivateKeyFile = _folder.Write(Path.GetFileName(options.PrivateKeyFile), TestKeys.Ours.PrivateKeyPem);
        ShouldSign(new HudyaJwt(options));
    }

    [Fact]
    public void A_PFX_file_is_read_with_its_password()
    {
        const string password = "correct horse";

        #region CertificateFile
        var options = new ApiJwtOptions { CertificateFile = "/run/secrets/jwt/key.pfx", CertificatePassword = password };
        #endregion

        options.CertificateFile = _folder.Write(Path.GetFileName(options.CertificateFile), Certificates.Pfx(TestKeys.Ours, password));
        ShouldSign(new HudyaJwt(options));
    }

    [Fact]
    public void A_certificate_from_any_source_signs()
    {
        using X509Certificate2 certificate = Certificates.Issue("api", TestKeys.Ours);

        #region FromCertificate
        // From a certificate store, a smart card, or wherever else .NET finds one.
        var jwt = new HudyaJwt(new ApiJwtOptions { Signer = TokenSigner.FromCertificate(certificate) });
        #endregion

        ShouldSign(jwt);
    }

    [Fact]
    public void A_hardware_module_signs_and_its_next_key_replaces_the_first()
    {
        if (SoftHsm.LibraryPath is null)
            MissingProgram.Report("The page's example for a hardware module was not run: SoftHSM is not installed. Install it with: bash tests/ApiJwt.Tests/Hsm/install.sh");
        using var hsm = new SoftHsm();
        hsm.MakeKey("2026");
        hsm.MakeKey("2027");
        ISlot token = hsm.Slot;

        #region UsePkcs11
        var jwt = new HudyaJwt(new ApiJwtOptions { Signer = new Pkcs11Signer(token, "2026") });
        #endregion

        string old = jwt.Encode(Request);

        #region RotatePkcs11
        jwt.Keys.Rotate(new Pkcs11Signer(token, "2027"));
        #endregion

        jwt.Keys.KeyIds.Should().HaveCount(2);
        jwt.Decode(old).IsValid.Should().BeTrue();
        jwt.Decode(jwt.Encode(Request)).IsValid.Should().BeTrue();
    }

    /// <summary>The test uses a stand-in, because AWS is not available to it.</summary>
    [Fact]
    public async Task The_example_for_AWS_makes_the_requests_that_KMS_documents()
    {
        using var kms = new StandInKms();

#pragma warning disable xUnit1051 // The example on the page passes no cancellation token.
        #region UseKms
        var jwt = new HudyaJwt(new ApiJwtOptions { Signer = await KmsSigner.OpenAsync(kms, "alias/jwt") });
        string token = await jwt.EncodeAsync(new TokenRequest { Subject = "user@domain.com" });
        #endregion
#pragma warning restore xUnit1051

        new HudyaJwt(TestKeys.Verifying).Decode(token).IsValid.Should().BeTrue();
        kms.DeniesSigning = true;
        (await jwt.Awaiting(service => service.EncodeAsync(Request, TestContext.Current.CancellationToken).AsTask()).Should().ThrowExactlyAsync<TokenSigningException>())
            .Which.InnerException.Should().BeAssignableTo<AmazonKeyManagementServiceException>();
    }

    private static void ShouldSign(HudyaJwt jwt) => new HudyaJwt(TestKeys.Verifying).Decode(jwt.Encode(Request)).IsValid.Should().BeTrue();
}
