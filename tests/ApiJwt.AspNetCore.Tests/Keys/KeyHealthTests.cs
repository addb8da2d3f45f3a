using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore.Keys;

/// <summary>Tests what a service reports to callers, logs and health checks while it has no keys or only old ones.</summary>
public sealed class KeyHealthTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private AuthService _auth = null!;

    public async ValueTask InitializeAsync() => _auth = await AuthService.StartAsync(TestKeys.Ours, _time);

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    /// <summary>The token may be valid, and a client that gets 401 would discard it.</summary>
    [Fact]
    public async Task Without_keys_a_caller_with_a_token_gets_503_and_the_time_to_retry()
    {
        _auth.Fail(HttpStatusCode.NotFound);
        await using GuardedApp app = await StartAsync();

        HttpResponseMessage answer = await app.GetAsync("/", _auth.Issue());

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
        answer.Headers.WwwAuthenticate.Should().BeEmpty();
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await answer.Content.ReadAsStringAsync(GuardedApp.Cancel)).Should().Contain("\"status\":503").And.Contain("\"detail\":\"Tokens cannot be verified at the moment.\"");
        (await app.StatusOfAsync("/")).Should().Be(HttpStatusCode.Unauthorized, "without a token, the keys do not matter");
        (await app.StatusOfAsync("/", "no token")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_service_is_unhealthy_without_keys_healthy_with_them_and_degraded_while_they_are_not_renewed()
    {
        _auth.Fail(HttpStatusCode.NotFound);
        await using GuardedApp app = await StartAsync();
        await RefreshAsync(app);
        (await HealthAsync(app)).Should().Be((HealthStatus.Unhealthy, $"There is no key to verify tokens with. The key set at {_auth.KeySet} answered 404."));
        (await app.StatusOfAsync("/ready")).Should().Be(HttpStatusCode.ServiceUnavailable);

        _auth.Answer = null;
        await RefreshAsync(app);
        (await HealthAsync(app)).Should().Be((HealthStatus.Healthy, $"Key ids that verify tokens: {TestKeys.Ours.KeyId}."));
        (await app.StatusOfAsync("/ready")).Should().Be(HttpStatusCode.OK);

        string then = $"{_time.GetUtcNow():u}";
        _auth.Fail(HttpStatusCode.InternalServerError);
        await RefreshAsync(app);
        (await HealthAsync(app)).Should().Be((HealthStatus.Degraded, $"The key set at {_auth.KeySet} answered 500; it was last fetched at {then}."));
        (await app.StatusOfAsync("/ready")).Should().Be(HttpStatusCode.OK, "the last good keys are in use");
    }

    /// <summary>No fetch fails in this test: no fetch happens.</summary>
    [Fact]
    public async Task A_service_is_degraded_when_its_keys_have_not_been_fetched_for_too_long()
    {
        await using GuardedApp app = await StartAsync();
        await RefreshAsync(app);
        string then = $"{_time.GetUtcNow():u}";
        _auth.Hang();

        _time.Advance(TimeSpan.FromMinutes(21));

        (await HealthAsync(app)).Should().Be((HealthStatus.Degraded, $"The key set at {_auth.KeySet} was not fetched; it was last fetched at {then}."));
    }

    [Fact]
    public async Task The_health_check_can_have_a_name_a_status_and_tags()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            _ => { }, builder => builder.Services.AddHealthChecks().AddApiJwt<HudyaJwt>("keys", HealthStatus.Degraded, ["ready"]));

        HealthReport report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"), GuardedApp.Cancel);
        (report.Entries.Single().Key, report.Status).Should().Be(("keys", HealthStatus.Healthy));
    }

    private static async Task RefreshAsync(GuardedApp app) => await app.Jwt.Keys.RefreshAsync(GuardedApp.Cancel);

    private static async Task<(HealthStatus, string?)> HealthAsync(GuardedApp app)
    {
        HealthReportEntry entry = (await app.HealthAsync()).Entries["HudyaJwt"];
        return (entry.Status, entry.Description);
    }

    private Task<GuardedApp> StartAsync() => GuardedApp.StartAsync(
        [("JwksUri", _auth.KeySet.ToString())],
        app =>
        {
            app.MapGet("/", () => "").RequireKey("support");
            app.MapHealthChecks("/ready");
        },
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time).AddProblemDetails();
            builder.Services.AddHealthChecks().AddApiJwt<HudyaJwt>();
        });
}
