using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore.Keys;

/// <summary>Tests keys in files that a platform mounts.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly KeyFolder _folder = new();
    private readonly FakeTimeProvider _clock = Clock.Standing();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Settings_name_key_files_as_a_list_or_as_a_text()
    {
        string privatePath = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        string publicPath = _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);

        await using GuardedApp list = await StartAsync(("PrivateKeyFile", privatePath), ("PublicKeyFiles:0", publicPath));
        await using GuardedApp text = await StartAsync(("PublicKeyFiles", publicPath));

        list.Jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        list.Jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        text.Jwt.Keys.KeyIds.Should().Equal(TestKeys.Second.KeyId);
    }

    [Fact]
    public async Task Settings_name_a_PFX_file_and_its_password()
    {
        using RSA rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        DateTimeOffset start = _clock.GetUtcNow();
        using X509Certificate2 certificate = new CertificateRequest("CN=api", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(start, start.AddYears(1));
        string path = _folder.Write("key.pfx", certificate.Export(X509ContentType.Pfx, "horse"));

        await using GuardedApp app = await StartAsync(("CertificateFile", path), ("CertificatePassword", "horse"));

        app.Jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task A_mounted_file_can_hold_the_setting_that_its_name_says()
    {
        string folder = Path.GetDirectoryName(_folder.Write("Jwt__PrivateKey", TestKeys.Ours.PrivateKeyPem + "\n"))!;

        await using GuardedApp app = await GuardedApp.StartBareAsync(_ => { }, builder =>
        {
            builder.Configuration.AddKeyPerFile(folder);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
        });

        app.Jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task The_health_check_reports_a_file_that_can_no_longer_be_used()
    {
        string path = _folder.Write("public.pem", TestKeys.Ours.PublicKeyPem);
        await using GuardedApp app = await StartAsync(("PublicKeyFiles:0", path));
        (await app.HealthAsync()).Status.Should().Be(HealthStatus.Healthy);

        _folder.Write("public.pem", "rubbish");
        _clock.Advance(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));

        HealthReportEntry entry = (await app.HealthAsync()).Entries.Single().Value;
        entry.Status.Should().Be(HealthStatus.Degraded);
        entry.Description.Should().StartWith($"Jwt:PublicKeyFiles[0] ({path}): the text is neither PEM nor base64.")
            .And.EndWith("The keys that were read at 2026-01-02 03:04:05Z stay in use.");
        app.Jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    private Task<GuardedApp> StartAsync(params (string, string?)[] settings) => GuardedApp.StartAsync(settings, _ => { }, builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddHealthChecks().AddApiJwt<HudyaJwt>();
    });
}
