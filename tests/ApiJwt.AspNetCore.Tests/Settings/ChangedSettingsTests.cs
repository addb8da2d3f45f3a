using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore.Settings;

/// <summary>Tests settings that change while the service runs.</summary>
public class ChangedSettingsTests
{
    private static readonly string OfOurs = GuardedApp.Issue("support", null, "support:mobile");

    private static readonly string OfSecond = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem })
        .Encode(new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile"] });

    public static TheoryData<string, string> ReadOnce => new()
    {
        { nameof(ApiJwtOptions.Issuers), "auth_support" },
        { nameof(ApiJwtOptions.Audience), "shop-x" },
        { nameof(ApiJwtOptions.AcceptedAudiences), "shop-x" },
        { nameof(ApiJwtOptions.RequireAudience), "true" },
        { nameof(ApiJwtOptions.TokenType), "at+jwt" },
        { nameof(ApiJwtOptions.AcceptedTokenTypes), "at+jwt" },
        { nameof(ApiJwtOptions.WriteKeyId), "false" },
        { nameof(ApiJwtOptions.AllowMissingSubject), "true" },
        { nameof(ApiJwtOptions.ChecksTokenBinding), "true" },
        { nameof(ApiJwtOptions.RevocationsUri), "https://auth.example/revocations-x" },
        { nameof(ApiJwtOptions.RevocationsRefreshInterval), "00:00:17" },
        { nameof(ApiJwtOptions.MaxAge), "00:17:00" },
        { nameof(ApiJwtOptions.TimeToLive), "00:17:00" },
        { nameof(ApiJwtOptions.MaxTimeToLive), "17.00:00:00" },
        { nameof(ApiJwtOptions.ClockSkew), "00:00:17" },
        { nameof(ApiJwtOptions.MaxTokenLength), "1717" },
        { nameof(ApiJwtOptions.VerifiedTokenCacheSize), "17" },
    };

    [Fact]
    public async Task Changed_keys_take_effect_without_a_restart_even_after_bad_ones()
    {
        await using GuardedApp app = await StartAsync();
        (await app.StatusOfAsync("/", OfOurs)).Should().Be(HttpStatusCode.OK);

        app.Change("Other:Setting", "changed");
        app.Log.Lines.Should().NotContainMatch("*The keys changed*");
        app.Change("Jwt:PublicKeys:0", "no key");
        app.Change("Jwt:PublicKeys:0", TestKeys.Second.PublicKeyPem);

        (await app.StatusOfAsync("/", OfSecond)).Should().Be(HttpStatusCode.OK);
        (await app.StatusOfAsync("/", OfOurs)).Should().Be(HttpStatusCode.Unauthorized, "its key was removed");
    }

    /// <summary>The change may come from a timer or a file watcher, and an exception there would end the process.</summary>
    [Fact]
    public async Task A_logger_that_throws_does_not_reach_the_source_of_a_bad_change()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder => builder.Logging.AddProvider(new BrokenLogger()).AddFilter<BrokenLogger>(level => level == LogLevel.Error));

        app.Invoking(it => it.Change("Jwt:PublicKeys:0", "no key")).Should().NotThrow();

        (await app.StatusOfAsync("/", OfOurs)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_that_change_between_the_construction_of_the_class_and_the_start_take_effect()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app =>
        {
            app.MapGet("/", () => "").RequireScope("support:mobile");
            app.Services.GetRequiredService<HudyaJwt>();
            app.Configuration["Jwt:PublicKeys:0"] = TestKeys.Second.PublicKeyPem;
            ((Microsoft.Extensions.Configuration.IConfigurationRoot)app.Configuration).Reload();
        });

        (await app.StatusOfAsync("/", OfSecond)).Should().Be(HttpStatusCode.OK);
    }

    /// <summary>The message of an exception of the application may repeat the value of a setting.</summary>
    [Fact]
    public async Task An_exception_of_the_application_is_logged_by_its_type_only()
    {
        bool fails = false;
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder => builder.Services.ConfigureAll<ApiJwtOptions>(_ =>
            {
                if (fails)
                    throw new HttpRequestException("secret");
            }));

        fails = true;
        app.Change("Other:Setting", "changed");

        (await app.StatusOfAsync("/", OfOurs)).Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().ContainMatch("*settings of HudyaJwt were not applied*They could not be read (HttpRequestException).*");
        app.Log.Lines.Should().NotContainMatch("*secret*");
    }

    [Fact]
    public async Task A_change_of_keys_fails_no_request()
    {
        await using GuardedApp app = await StartAsync();
        using var done = new CancellationTokenSource();
        using var answered = new SemaphoreSlim(0);
        Task<int> requests = Task.Run(async () =>
        {
            int count = 0;
            while (!done.IsCancellationRequested)
            {
                (await app.StatusOfAsync("/", OfOurs)).Should().Be(HttpStatusCode.OK);
                count++;
                answered.Release();
            }

            return count;
        });

        for (int i = 0; i < 20; i++)
        {
            await answered.WaitAsync(GuardedApp.Cancel);
            app.Change("Jwt:PublicKeys:1", i % 2 == 0 ? TestKeys.Second.PublicKeyPem : TestKeys.Foreign.PublicKeyPem);
        }

        await done.CancelAsync();

        (await requests).Should().BeGreaterThanOrEqualTo(20);
    }

    [Theory]
    [InlineData("Jwt:PublicKeys:0", "no key", "PublicKeys[0]")]
    [InlineData("Jwt:PrivateKey", "no key", "PrivateKey")]
    [InlineData("Jwt:PublicKeys:0", "", "the text is empty")]
    public async Task Keys_that_cannot_be_used_are_logged_as_an_error_and_change_nothing(string setting, string value, string expected)
    {
        await using GuardedApp app = await StartAsync();

        app.Change(setting, value);

        (await app.StatusOfAsync("/", OfOurs)).Should().Be(HttpStatusCode.OK);
        app.Log.Errors.Should().ContainSingle().Which.Should().Contain("HudyaJwt").And.Contain(expected);
    }

    /// <summary>A change without effect must be reported.</summary>
    [Theory]
    [MemberData(nameof(ReadOnce))]
    public async Task A_change_of_a_setting_that_is_read_once_is_logged_once_with_its_name(string setting, string value)
    {
        await using GuardedApp app = await StartAsync();
        bool isDefault = setting == nameof(ApiJwtOptions.RequireAudience);
        if (isDefault)
            app.Change("Jwt:Audience", "shop");

        app.Change($"Jwt:{setting}", isDefault ? "false" : value);
        app.Change("Other:Setting", "changed");

        app.Log.Warnings.Should().ContainSingle(line => line.Contains($"Jwt:{setting} ", StringComparison.Ordinal))
            .Which.Should().ContainAll("HudyaJwt", "Restart").And.NotContain(value);
    }

    [Fact]
    public void Every_setting_is_read_once_or_reloaded() => ReadOnce.Select(row => row.Data.Item1)
        .Concat(["PrivateKey", "PrivateKeyFile", "CertificateFile", "CertificatePassword", "PublicKeys", "PublicKeyFiles", "JwksUri", "AllowHttpJwksUri"])
        .Should().BeEquivalentTo(SettingNames.All);

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(app => app.MapGet("/", () => "").RequireScope("support:mobile"));
}
