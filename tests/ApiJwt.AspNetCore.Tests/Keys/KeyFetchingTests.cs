using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore.Keys;

/// <summary>Tests an API that fetches its keys from an auth service. The core tests have a table of the keys in force after each change.</summary>
public sealed class KeyFetchingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private AuthService _auth = null!;

    public async ValueTask InitializeAsync() => _auth = await AuthService.StartAsync(TestKeys.Ours, _time);

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    /// <summary>Tokens that a thief signs with a leaked key name that key, so they never cause a fetch.</summary>
    [Fact]
    public async Task A_leaked_key_is_removed_within_ten_minutes_without_a_token_of_the_new_key()
    {
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        int before = _auth.Fetches;

        _auth.Jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        (await AskAsync(app, TestKeys.Ours)).Should().Be(HttpStatusCode.OK);
        _auth.Fetches.Should().Be(before);
        _time.Advance(TimeSpan.FromMinutes(10));

        await Soon.ItIsTrueAsync(() => app.Jwt.Keys.KeyIds.SequenceEqual([TestKeys.Second.KeyId]));
        (await AskAsync(app, TestKeys.Ours)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Keys_are_fetched_from_the_current_address_in_the_settings()
    {
        await using GuardedApp app = await StartAsync(TestKeys.Second.PublicKeyPem);
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        _auth.Fail(HttpStatusCode.InternalServerError);

        app.Change("Jwt:JwksUri", "http://auth.example/jwks");
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK, "an address that is refused at start is also refused in a change");
        app.Log.Errors.Should().ContainMatch("Error: The changed settings of HudyaJwt were not applied*Jwt:JwksUri must be an absolute https address*");

        app.Change("Jwt:JwksUri", new Uri(_auth.KeySet, AuthService.Elsewhere).ToString());
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        _auth.VisitsElsewhere.Should().BePositive();

        app.Change("Jwt:JwksUri", null);
        int before = _auth.Fetches;
        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(app, TestKeys.Second)).Should().Be(HttpStatusCode.OK);
        _auth.Fetches.Should().Be(before);
    }

    [Fact]
    public async Task A_service_stops_at_once_while_the_auth_service_does_not_answer()
    {
        _auth.Hang();
        await using GuardedApp app = await StartAsync();
        KeyRing keys = app.Jwt.Keys;
        await Soon.ItIsTrueAsync(() => _auth.Fetches == 1);

        await app.StopAsync();

        keys.FetchStatus!.Fault.Should().BeNull("the stop must not wait for the fetch to end");
    }

    [Fact]
    public async Task A_redirect_of_the_key_set_is_not_followed()
    {
        _auth.Answer = context =>
        {
            context.Response.Redirect(AuthService.Elsewhere);
            return Task.CompletedTask;
        };
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(HttpStatusCode.ServiceUnavailable);
        _auth.VisitsElsewhere.Should().Be(0);
        app.Log.Lines.Should().ContainMatch("*answered 302, and redirects are not followed*");
        HudyaJwt core = CoreOnly();
        await core.Keys.RefreshAsync(GuardedApp.Cancel);
        core.Keys.FetchStatus!.Fault.Should().Be("answered 302, and redirects are not followed");
    }

    [Fact]
    public async Task A_key_set_without_TLS_is_not_fetched_through_a_proxy_and_one_with_TLS_uses_its_credentials()
    {
        IWebProxy usual = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new Detour(_auth.KeySet) { Credentials = CredentialCache.DefaultNetworkCredentials };
        try
        {
            await using GuardedApp app = await StartAsync();
            (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
            (await CoreOnly().DecodeAsync(_auth.Issue(), GuardedApp.Cancel)).Failure.Should().Be(TokenFailure.None);
            HttpMessageHandler handler = app.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(ApiJwtDefaults.HttpClientName);
            while (handler is DelegatingHandler outer)
                handler = outer.InnerHandler!;
            handler.Should().BeOfType<SocketsHttpHandler>().Which.Proxy!.Credentials.Should().BeSameAs(CredentialCache.DefaultNetworkCredentials);
        }
        finally
        {
            HttpClient.DefaultProxy = usual;
        }
    }

    /// <summary>The service must retry without traffic, because it gets none until it is ready.</summary>
    [Fact]
    public async Task A_service_that_starts_before_the_auth_service_retries_without_a_request()
    {
        _auth.Fail(HttpStatusCode.InternalServerError);
        await using GuardedApp app = await StartAsync();
        await Soon.ItIsTrueAsync(() => app.Jwt.Keys.FetchStatus!.Fault is not null);

        _auth.Answer = null;
        // This is less than the ten minutes between fetches that succeed.
        for (int i = 0; i < 50 && app.Jwt.Keys.FetchStatus!.Fault is not null; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(100, GuardedApp.Cancel);
        }

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_service_that_is_disposed_without_a_stop_reports_no_failed_fetch(bool isAtOnce)
    {
        GuardedApp app = await GuardedApp.StartAsync(
            [("PublicKeys", TestKeys.Ours.PublicKeyPem), ("JwksUri", "http://127.0.0.1:9/jwks.json"), ("RevocationsUri", "http://127.0.0.1:9/revocations")], _ => { });
        // After this line, both fetches wait for their next attempt.
        if (!isAtOnce)
            await Soon.ItIsTrueAsync(() => app.Log.Lines.Count(line => line.Contains("will be retried", StringComparison.Ordinal)) == 2);

        foreach (BackgroundService service in app.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            service.Dispose();
            await Soon.ItIsTrueAsync(() => service.ExecuteTask!.IsCompleted);
            service.ExecuteTask!.Exception.Should().BeNull();
            service.ExecuteTask.IsCanceled.Should().BeFalse("the host would report a cancelled task as critical");
        }

        await app.DisposeAsync();
        app.Log.Lines.Should().NotContain(line => line.StartsWith("Critical: ", StringComparison.Ordinal) || line.Contains("OperationCanceled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_class_without_ASP_NET_Core_verifies_its_first_token_and_the_first_of_a_new_key()
    {
        HudyaJwt jwt = CoreOnly();
        string? accepted = null;
        _auth.Answer = context =>
        {
            accepted = context.Request.Headers.Accept;
            return context.Response.WriteAsync(_auth.Jwt.Keys.ToJwks());
        };

        (await jwt.DecodeAsync(_auth.Issue(), GuardedApp.Cancel)).Failure.Should().Be(TokenFailure.None);
        _auth.Jwt.Keys.Rotate(TestKeys.Second.PrivateKeyPem);
        (await jwt.DecodeAsync(_auth.Issue(), GuardedApp.Cancel)).Failure.Should().Be(TokenFailure.None);
        accepted.Should().Be("application/jwk-set+json, application/json");
    }

    /// <summary>A service that uses only the core library, with the HTTP client that the library creates.</summary>
    private HudyaJwt CoreOnly() => new(new ApiJwtOptions { JwksUri = _auth.KeySet, TimeProvider = _time });

    private async Task<HttpStatusCode> AskAsync(GuardedApp app, RsaKeyPair? signer = null)
    {
        HudyaJwt issuer = signer is null ? _auth.Jwt : new HudyaJwt(new ApiJwtOptions { PrivateKey = signer.PrivateKeyPem, TimeProvider = _time });
        return await app.StatusOfAsync("/", issuer.Encode(new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile"] }));
    }

    private Task<GuardedApp> StartAsync(string? publicKey = null) => GuardedApp.StartAsync(
        [("JwksUri", _auth.KeySet.ToString()), ("PublicKeys", publicKey)],
        app => app.MapGet("/", () => "").RequireScope("support:mobile"),
        builder => builder.Services.AddSingleton<TimeProvider>(_time));

    /// <summary>A proxy that does not answer, for one address only, so that other tests are not affected.</summary>
    private sealed class Detour(Uri address) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri GetProxy(Uri destination) => new("http://127.0.0.1:1");

        public bool IsBypassed(Uri host) => host.Port != address.Port;
    }
}
