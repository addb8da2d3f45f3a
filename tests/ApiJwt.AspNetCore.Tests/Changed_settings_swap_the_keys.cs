using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;

namespace Hudya.Tests.AspNetCore;

public class Changed_settings_swap_the_keys
{
    private static readonly HudyaJwt SecondAuthService = new(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem });

    private readonly string _token = GuardedApp.Issue("support", null, "support:mobile");
    private readonly string _secondToken = SecondAuthService.Encode(new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile"] });

    [Fact]
    public async Task Without_a_restart()
    {
        await using GuardedApp app = await StartAsync();
        (await app.GetAsync("/", _token)).StatusCode.Should().Be(HttpStatusCode.OK);

        app.Change("Jwt:PublicKeys:0", TestKeys.Second.PublicKeyPem);

        (await app.GetAsync("/", _secondToken)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.GetAsync("/", _token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "its key is gone");
    }

    [Fact]
    public async Task Without_dropping_a_request()
    {
        await using GuardedApp app = await StartAsync();
        using var done = new CancellationTokenSource();
        using var answered = new SemaphoreSlim(0);
        Task<int> requests = Task.Run(async () =>
        {
            int count = 0;
            while (!done.IsCancellationRequested)
            {
                (await app.GetAsync("/", _token)).StatusCode.Should().Be(HttpStatusCode.OK);
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
    public async Task But_bad_ones_are_an_error_in_the_log_and_nothing_else(string setting, string value, string expected)
    {
        await using GuardedApp app = await StartAsync();

        app.Change(setting, value);

        (await app.GetAsync("/", _token)).StatusCode.Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().ContainSingle(line => line.StartsWith("Error: ", StringComparison.Ordinal)).Which.Should().Contain("HudyaJwt").And.Contain(expected);
    }

    [Fact]
    public async Task And_good_ones_after_bad_ones_are_taken_over()
    {
        await using GuardedApp app = await StartAsync();

        app.Change("Jwt:PublicKeys:0", "no key");
        app.Change("Jwt:PublicKeys:0", TestKeys.Second.PublicKeyPem);

        (await app.GetAsync("/", _secondToken)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_of_something_else_leaves_them_alone()
    {
        await using GuardedApp app = await StartAsync();

        app.Change("Other:Setting", "changed");

        app.Log.Lines.Should().NotContain(line => line.Contains("The keys changed", StringComparison.Ordinal));
    }

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

    /// <summary>A change that has no effect must not look as if it had.</summary>
    [Theory]
    [MemberData(nameof(ReadOnce))]
    public async Task A_change_of_a_setting_that_is_read_once_is_said_once_by_name(string setting, string value)
    {
        await using GuardedApp app = await StartAsync();
        bool isDefault = setting == nameof(ApiJwtOptions.RequireAudience);
        if (isDefault)
            app.Change("Jwt:Audience", "shop");

        app.Change($"Jwt:{setting}", isDefault ? "false" : value);
        app.Change("Other:Setting", "changed");

        string[] warnings = [.. app.Log.Lines.Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal) && line.Contains($"Jwt:{setting} ", StringComparison.Ordinal))];
        warnings.Should().ContainSingle().Which.Should().ContainAll("HudyaJwt", "Restart").And.NotContain(value);
    }

    [Fact]
    public void Every_setting_is_read_once_or_taken_over() => ReadOnce.Select(row => row.Data.Item1)
        .Concat(["PrivateKey", "PrivateKeyFile", "CertificateFile", "CertificatePassword", "PublicKeys", "PublicKeyFiles", "JwksUri", "AllowHttpJwksUri"])
        .Should().BeEquivalentTo(SettingNames.All);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_that_is_disposed_of_without_a_stop_reports_no_fault(bool isAtOnce)
    {
        GuardedApp app = await GuardedApp.StartAsync(_ => { }, builder => builder.Configuration.AddInMemoryCollection(
            [new("Jwt:JwksUri", "http://127.0.0.1:9/jwks.json"), new("Jwt:RevocationsUri", "http://127.0.0.1:9/revocations")]));
        // Then both wait for their next turn.
        if (!isAtOnce)
            await Soon.ItIsTrueAsync(() => app.Log.Lines.Count(line => line.Contains(" will be retried.", StringComparison.Ordinal)) == 2);
        foreach (var service in app.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<Microsoft.Extensions.Hosting.BackgroundService>())
        {
            service.Dispose();
            await Soon.ItIsTrueAsync(() => service.ExecuteTask!.IsCompleted);
            service.ExecuteTask!.Exception.Should().BeNull();
            service.ExecuteTask.IsCanceled.Should().BeFalse("the host would report that as critical");
        }

        await app.DisposeAsync();
        app.Log.Lines.Should().NotContain(line => line.StartsWith("Critical: ", StringComparison.Ordinal) || line.Contains("OperationCanceled", StringComparison.Ordinal));
    }

    private static Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(app => app.MapGet("/", () => "").RequireScope("support:mobile"));
}
