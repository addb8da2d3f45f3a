using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore;

public sealed class Keys_come_from_mounted_files : IDisposable
{
    private readonly KeyFolder _folder = new();
    private readonly FakeTimeProvider _clock = Clock.Standing();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task By_paths_in_the_settings()
    {
        string privatePath = _folder.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        string publicPath = _folder.Write("public.pem", TestKeys.Second.PublicKeyPem);

        await using GuardedApp list = await StartAsync(("Jwt:PrivateKeyFile", privatePath), ("Jwt:PublicKeyFiles:0", publicPath));
        await using GuardedApp text = await StartAsync(("Jwt:PublicKeyFiles", publicPath));

        KeysOf(list).SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        KeysOf(list).KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        KeysOf(text).KeyIds.Should().Equal(TestKeys.Second.KeyId);
    }

    [Fact]
    public async Task Or_as_a_PFX_file_and_its_password()
    {
        using RSA rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        DateTimeOffset start = _clock.GetUtcNow();
        using X509Certificate2 certificate = new CertificateRequest("CN=api", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(start, start.AddYears(1));
        string path = _folder.Write("key.pfx", certificate.Export(X509ContentType.Pfx, "horse"));

        await using GuardedApp app = await StartAsync(("Jwt:CertificateFile", path), ("Jwt:CertificatePassword", "horse"));

        KeysOf(app).SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
    }

    /// <summary>One file for each setting, whose name says which.</summary>
    [Fact]
    public async Task Or_as_settings_in_files_of_their_own()
    {
        string folder = Path.GetDirectoryName(_folder.Write("Jwt__PrivateKey", TestKeys.Ours.PrivateKeyPem + "\n"))!;

        await using GuardedApp app = await GuardedApp.StartBareAsync(_ => { }, builder =>
        {
            builder.Configuration.AddKeyPerFile(folder);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
        });

        KeysOf(app).SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task A_path_that_leads_nowhere_stops_the_service_at_start()
    {
        string path = _folder.PathOf("missing.pem");

        await FluentActions.Awaiting(() => StartAsync(("Jwt:PublicKeyFiles:0", path))).Should().ThrowAsync<KeyFormatException>()
            .WithMessage($"Jwt:PublicKeyFiles[0] ({path}): there is no such file*");
    }

    [Fact]
    public async Task The_health_check_tells_of_a_file_that_cannot_be_used()
    {
        string path = _folder.Write("public.pem", TestKeys.Ours.PublicKeyPem);
        await using GuardedApp app = await StartAsync(("Jwt:PublicKeyFiles:0", path));
        HealthCheckService health = app.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync(GuardedApp.Cancel)).Status.Should().Be(HealthStatus.Healthy);

        _folder.Write("public.pem", "rubbish");
        _clock.Advance(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));

        HealthReportEntry entry = (await health.CheckHealthAsync(GuardedApp.Cancel)).Entries.Single().Value;
        entry.Status.Should().Be(HealthStatus.Degraded);
        entry.Description.Should().StartWith($"Jwt:PublicKeyFiles[0] ({path}): the text is neither PEM nor base64.")
            .And.EndWith("The keys that were read at 2026-01-02 03:04:05Z stay in use.");
        KeysOf(app).KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    private static KeyRing KeysOf(GuardedApp app) => app.Services.GetRequiredService<HudyaJwt>().Keys;

    private Task<GuardedApp> StartAsync(params (string Setting, string Value)[] settings) => GuardedApp.StartBareAsync(
        _ => { },
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Setting, (string?)setting.Value)));
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
            builder.Services.AddHealthChecks().AddApiJwt<HudyaJwt>();
        });
}
