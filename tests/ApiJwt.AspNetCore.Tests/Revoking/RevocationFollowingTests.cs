using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore.Revoking;

/// <summary>Tests an auth service that publishes its revocations, and an API that follows them, both on in-memory servers.</summary>
public sealed class RevocationFollowingTests : IAsyncLifetime
{
    private const string List = "http://localhost/.well-known/revocations";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private GuardedApp _auth = null!;
    private GuardedApp _api = null!;
    private bool _isDown;

    private SessionJwt Auth => _auth.Services.GetRequiredService<SessionJwt>();

    private RevocationList Followed => _api.Services.GetRequiredService<SessionJwt>().Revocations;

    public async ValueTask InitializeAsync()
    {
        _auth = await SessionJwt.StartAsync(app => app.MapRevocations<SessionJwt>(), options => options.TimeProvider = _clock);
        _api = await GuardedApp.StartBareAsync(
            app => app.MapGet("/me", (VerifiedPayload me) => me.Subject),
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                [
                    new("Jwt:PublicKeys", TestKeys.Ours.PublicKeyPem),
                    new("Jwt:RevocationsUri", List),
                    new("Jwt:RevocationsRefreshInterval", Interval.ToString("c", CultureInfo.InvariantCulture)),
                ]);
                builder.Services.AddSingleton<TimeProvider>(_clock);
                builder.Services.AddApiJwt<SessionJwt>("Jwt", options => options.CreateHttpClient = () => _isDown ? new HttpClient(new Down()) : _auth.Client());
                builder.Services.AddAuthentication().AddApiJwt<SessionJwt>();
                builder.Services.AddAuthorization();
                builder.Services.AddHealthChecks().AddApiJwt<SessionJwt>();
            });
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _auth.DisposeAsync();
    }

    [Fact]
    public async Task The_list_is_followed_even_without_traffic()
    {
        string token = Auth.Encode(new TokenRequest { Subject = "ann" });
        (await _api.StatusOfAsync("/me", token)).Should().Be(HttpStatusCode.OK);

        Auth.Revocations.RevokeSubject("ann");
        await PassAsync(() => Followed.Count == 1);

        HttpResponseMessage refused = await _api.GetAsync("/me", token);
        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.ToString().Should().Contain("invalid_token");
    }

    [Fact]
    public async Task The_last_list_is_kept_while_fetches_fail_and_health_reports_it()
    {
        string token = Auth.Encode(new TokenRequest { Subject = "ann" });
        string good = Auth.Encode(new TokenRequest { Subject = "bob" });
        Auth.Revocations.RevokeSubject("ann");
        await PassAsync(() => Followed.Count == 1);
        (await _api.HealthAsync()).Status.Should().Be(HealthStatus.Healthy);
        RevocationSource source = Followed.Sources.Single();

        _isDown = true;
        await PassAsync(() => source.Fault is not null);
        await PassAsync(() => source.IsOutdated);

        (await _api.StatusOfAsync("/me", token)).Should().Be(HttpStatusCode.Unauthorized);
        (await _api.StatusOfAsync("/me", good)).Should().Be(HttpStatusCode.OK);
        HealthReportEntry health = (await _api.HealthAsync()).Entries.Single().Value;
        health.Status.Should().Be(HealthStatus.Degraded);
        health.Description.Should().Contain($"The list of revoked tokens is not up to date: {List}").And.Contain("it was last loaded at");

        _isDown = false;
        await PassAsync(() => source.Fault is null);
        (await _api.HealthAsync()).Status.Should().Be(HealthStatus.Healthy);
        _api.Log.Errors.Where(line => line.StartsWith("Error: The list of revoked tokens", StringComparison.Ordinal)).Should().ContainSingle("each change of state is logged once");
    }

    /// <summary>An auth service that has just started has not read the revocations of the others from Redis yet.</summary>
    [Fact]
    public async Task An_auth_service_publishes_no_incomplete_list()
    {
        RevocationSource redis = Auth.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
        await PassAsync(() => Followed.Sources.Single().Fault == "answered 503");
        HttpResponseMessage answer = await _auth.GetAsync(new Uri(List).AbsolutePath);
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();

        redis.Load([Revocation.OfSubject("ann", _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1))]);

        await PassAsync(() => Followed.Count == 1);
    }

    [Fact]
    public async Task Before_the_first_list_tokens_are_neither_accepted_nor_reported_as_invalid()
    {
        await using GuardedApp late = await SessionJwt.StartAsync(
            app => app.MapGet("/me", (VerifiedPayload me) => me.Subject),
            options =>
            {
                options.RevocationsUri = new Uri(List);
                options.CreateHttpClient = () => new HttpClient(new Down());
            },
            builder => builder.Services.AddHealthChecks().AddApiJwt<SessionJwt>());

        HttpResponseMessage answer = await late.GetAsync("/me", Auth.Encode(new TokenRequest { Subject = "ann" }));

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();
        (await late.HealthAsync()).Status.Should().Be(HealthStatus.Unhealthy);
    }

    /// <summary>Advances the clock until a background task has met the condition.</summary>
    private async Task PassAsync(Func<bool> condition)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(GuardedApp.Cancel);
        enough.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            _clock.Advance(Interval);
            await Task.Delay(20, enough.Token);
        }
    }

    private sealed class Down : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("Connection refused");
    }
}
