using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore;

public sealed class A_service_without_keys_says_so : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private AuthService _auth = null!;

    public async ValueTask InitializeAsync() => _auth = await AuthService.StartAsync(TestKeys.Ours, _time);

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    /// <summary>The token may be good, and a client that got 401 would throw it away.</summary>
    [Fact]
    public async Task To_the_caller_with_503_and_when_to_try_again()
    {
        _auth.Fail(HttpStatusCode.NotFound);
        await using GuardedApp app = await StartAsync();

        HttpResponseMessage answer = await app.GetAsync("/", _auth.Issue());

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
        answer.Headers.WwwAuthenticate.Should().BeEmpty();
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Contain("\"status\":503").And.Contain("\"detail\":\"Tokens cannot be verified at the moment.\"");
        (await app.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.Unauthorized, "a request without a token is one without a token");
        (await app.GetAsync("/", "no token")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task To_the_log_in_one_line_for_each_change_and_without_a_stack_trace()
    {
        _auth.Fail(HttpStatusCode.NotFound);
        await using GuardedApp app = await StartAsync();
        for (int i = 0; i < 20; i++)
            await app.GetAsync("/", _auth.Issue());
        await RefreshAsync(app);
        _auth.Say("""{"keys":[{"kty":"EC"},{"kty":"RSA","use":"enc"}]}""");
        await RefreshAsync(app);
        _auth.Answer = null;
        await RefreshAsync(app);

        string address = _auth.KeySet.ToString();
        app.Log.Lines.Select(line => line.TrimEnd()).Where(line => line.Contains(address, StringComparison.Ordinal)).Should().Equal(
            $"Error: The key set at {address} answered 404. No key was fetched yet. The fetch will be retried.",
            $"Error: The key set at {address} answered with 2 keys, none usable: 1 EC, 1 for encryption. No key was fetched yet. The fetch will be retried.",
            $"Information: Fetched the key set at {address}: 1 key, 1 usable.");
        app.Log.Lines.Should().NotContain(line => line.Contains("   at ", StringComparison.Ordinal) || line.Contains("PII", StringComparison.Ordinal));
    }

    [Fact]
    public async Task To_its_health_checks()
    {
        _auth.Fail(HttpStatusCode.NotFound);
        await using GuardedApp app = await StartAsync();
        await RefreshAsync(app);

        (await HealthAsync(app)).Should().Be((HealthStatus.Unhealthy, $"There is no key to verify tokens with. The key set at {_auth.KeySet} answered 404."));
        (await app.GetAsync("/ready")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);

        _auth.Answer = null;
        await RefreshAsync(app);
        (await HealthAsync(app)).Should().Be((HealthStatus.Healthy, $"Key ids that verify tokens: {TestKeys.Ours.KeyId}."));
        (await app.GetAsync("/ready")).StatusCode.Should().Be(HttpStatusCode.OK);

        string then = $"{_time.GetUtcNow():u}";
        _auth.Fail(HttpStatusCode.InternalServerError);
        await RefreshAsync(app);
        (await HealthAsync(app)).Should().Be((HealthStatus.Degraded, $"The key set at {_auth.KeySet} answered 500; it was last fetched at {then}."));
        (await app.GetAsync("/ready")).StatusCode.Should().Be(HttpStatusCode.OK, "the last good keys are in use");
    }

    /// <summary>A fetch that does not happen is no failure of one.</summary>
    [Fact]
    public async Task And_when_its_keys_are_outdated()
    {
        await using GuardedApp app = await StartAsync();
        await RefreshAsync(app);
        string then = $"{_time.GetUtcNow():u}";
        _auth.Hang();

        _time.Advance(TimeSpan.FromMinutes(21));

        (await HealthAsync(app)).Should().Be((HealthStatus.Degraded, $"The key set at {_auth.KeySet} was not fetched; it was last fetched at {then}."));
    }

    [Fact]
    public async Task By_a_name_a_status_and_tags_of_its_own()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            _ => { }, builder => builder.Services.AddHealthChecks().AddApiJwt<HudyaJwt>("keys", HealthStatus.Degraded, ["ready"]));

        HealthReport report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"), GuardedApp.Cancel);

        report.Entries.Should().ContainSingle().Which.Key.Should().Be("keys");
        report.Status.Should().Be(HealthStatus.Healthy);
    }

    private static async Task RefreshAsync(GuardedApp app) => await app.Services.GetRequiredService<HudyaJwt>().Keys.RefreshAsync(GuardedApp.Cancel);

    private static async Task<(HealthStatus, string?)> HealthAsync(GuardedApp app)
    {
        HealthReport report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(GuardedApp.Cancel);
        HealthReportEntry entry = report.Entries["HudyaJwt"];
        return (entry.Status, entry.Description);
    }

    private Task<GuardedApp> StartAsync() => GuardedApp.StartBareAsync(
        app =>
        {
            app.MapGet("/", () => "").RequireKey("support");
            app.MapHealthChecks("/ready");
        },
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:JwksUri", _auth.KeySet.ToString())]);
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization().AddProblemDetails();
            builder.Services.AddHealthChecks().AddApiJwt<HudyaJwt>();
        });
}
