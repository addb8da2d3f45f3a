using System.Security.Cryptography;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore;

public sealed class Keys_are_fetched_from_the_auth_service : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private AuthService _auth = null!;

    public async ValueTask InitializeAsync() => _auth = await AuthService.StartAsync(TestKeys.Ours, _time);

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    [Fact]
    public async Task Before_the_first_token_is_looked_at()
    {
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task At_once_when_a_token_names_a_key_that_is_new()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);

        _auth.Jwt.Keys.Rotate(TestKeys.Second.PrivateKeyPem);
        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(app)));

        answers.Should().AllBeEquivalentTo(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Again_when_one_rotation_follows_another_at_once()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);

        foreach (RsaKeyPair next in (RsaKeyPair[])[TestKeys.Second, TestKeys.Foreign, TestKeys.Ours])
        {
            _auth.Jwt.Keys.Override(privateKey: next.PrivateKeyPem);
            (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        }

        foreach (RsaKeyPair gone in (RsaKeyPair[])[TestKeys.Second, TestKeys.Foreign])
            (await AskAsync(app, Service(gone))).Should().Be(HttpStatusCode.Unauthorized, "the set does not have its key any more");
    }

    /// <summary>A thief's tokens name the key that they were made with, so that none of them ever leads to a fetch.</summary>
    [Fact]
    public async Task Every_ten_minutes_so_that_a_leaked_key_goes_without_a_token_of_the_new_one()
    {
        await using GuardedApp app = await StartAsync();
        HudyaJwt thief = Service(TestKeys.Ours);
        (await AskAsync(app, thief)).Should().Be(HttpStatusCode.OK);
        int before = _auth.Fetches;

        _auth.Jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        (await AskAsync(app, thief)).Should().Be(HttpStatusCode.OK);
        _auth.Fetches.Should().Be(before);
        _time.Advance(TimeSpan.FromMinutes(10));

        await Soon.ItIsTrueAsync(() => app.Services.GetRequiredService<HudyaJwt>().Keys.KeyIds.SequenceEqual([TestKeys.Second.KeyId]));
        (await AskAsync(app, thief)).Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>Signed with a key of another set, to which its header leads.</summary>
    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    public async Task And_from_no_address_that_a_token_names(string member)
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);
        using RSA stranger = TestKeys.RsaOf(TestKeys.Foreign.PrivateKeyPem);
        string token = Forge.Sign(
            $$"""{"alg":"RS256","{{member}}":"{{new Uri(_auth.KeySet, AuthService.Elsewhere)}}"}""",
            """{"iss":"auth_support","sub":"ann","exp":4102444800,"scopes":"support:mobile"}""",
            stranger);

        (await app.GetAsync("/", token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        _auth.VisitsElsewhere.Should().Be(0);
    }

    [Fact]
    public async Task And_the_last_good_ones_stay_while_the_auth_service_is_down()
    {
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);

        await _auth.StopAsync();
        var stranger = Service(TestKeys.Foreign);

        (await AskAsync(app, stranger)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task They_bring_back_no_key_that_was_taken_out_of_use_meanwhile()
    {
        HudyaJwt leaked = Service(TestKeys.Second);
        await using GuardedApp app = await StartAsync(TestKeys.Second.PublicKeyPem);
        (await AskAsync(app, leaked)).Should().Be(HttpStatusCode.OK);
        app.Services.GetRequiredService<HudyaJwt>().Keys.Override(publicKeys: [TestKeys.Ours.PublicKeyPem]);
        (await AskAsync(app, leaked)).Should().Be(HttpStatusCode.Unauthorized);

        _auth.Jwt.Keys.Override(privateKey: TestKeys.Foreign.PrivateKeyPem);
        _time.Advance(TimeSpan.FromSeconds(10));

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK, "the new key was fetched");
        (await AskAsync(app, leaked)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nor_does_a_change_of_the_settings()
    {
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        app.Services.GetRequiredService<HudyaJwt>().Keys.Override(publicKeys: [TestKeys.Second.PublicKeyPem]);
        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);

        app.Change("Jwt:PublicKeys", TestKeys.Second.PublicKeyPem);

        (await AskAsync(app, Service(TestKeys.Second))).Should().Be(HttpStatusCode.OK);
        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized, "its key was taken out of use, and the set is what it was");
    }

    [Fact]
    public async Task From_no_address_that_the_settings_do_not_have_any_more()
    {
        await using GuardedApp app = await StartAsync(TestKeys.Second.PublicKeyPem);
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);

        app.Change("Jwt:JwksUri", null);
        int before = _auth.Fetches;

        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(app, Service(TestKeys.Second))).Should().Be(HttpStatusCode.OK);
        _auth.Fetches.Should().Be(before);
    }

    [Fact]
    public async Task But_from_the_one_that_they_have_instead()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);
        _auth.Fail(HttpStatusCode.InternalServerError);

        app.Change("Jwt:JwksUri", new Uri(_auth.KeySet, AuthService.Elsewhere).ToString());

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        _auth.VisitsElsewhere.Should().BePositive();
    }

    [Fact]
    public async Task Unless_that_one_would_have_been_refused_at_start()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);

        app.Change("Jwt:JwksUri", "http://auth.example/jwks");

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().Contain(line => line.StartsWith("Error: The changed settings of HudyaJwt were not applied", StringComparison.Ordinal) && line.Contains("Jwt:JwksUri must be an absolute https address", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_auth_service_that_does_not_answer_holds_up_no_end()
    {
        _auth.Hang();
        await using GuardedApp app = await StartAsync();
        KeyRing keys = app.Services.GetRequiredService<HudyaJwt>().Keys;
        await Soon.ItIsTrueAsync(() => _auth.Fetches == 1);

        await app.StopAsync();

        keys.FetchStatus!.Fault.Should().BeNull("the stop did not wait for the end of the fetch");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _auth.Answer = context =>
        {
            context.Response.Redirect(AuthService.Elsewhere);
            return Task.CompletedTask;
        };
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(HttpStatusCode.ServiceUnavailable);
        _auth.VisitsElsewhere.Should().Be(0);
        app.Log.Lines.Should().Contain(line => line.Contains("answered 302, and redirects are not followed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proxy_is_not_asked_for_what_comes_without_TLS()
    {
        IWebProxy usual = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new Detour(_auth.KeySet);
        try
        {
            await using GuardedApp app = await StartAsync();
            (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        }
        finally
        {
            HttpClient.DefaultProxy = usual;
        }
    }

    /// <summary>Without traffic, which a service gets only when it is ready.</summary>
    [Fact]
    public async Task A_service_may_start_before_the_auth_service_and_asks_again_by_itself()
    {
        _auth.Fail(HttpStatusCode.InternalServerError);
        await using GuardedApp app = await StartAsync();
        KeyRing keys = app.Services.GetRequiredService<HudyaJwt>().Keys;
        await Soon.ItIsTrueAsync(() => keys.FetchStatus!.Fault is not null);
        _auth.Answer = null;

        // Not as long as the ten minutes after a fetch that succeeded.
        for (int i = 0; i < 50 && keys.FetchStatus!.Fault is not null; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(100, GuardedApp.Cancel);
        }

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
    }

    private HudyaJwt Service(RsaKeyPair pair) => new(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem, TimeProvider = _time });

    private async Task<HttpStatusCode> AskAsync(GuardedApp app, HudyaJwt? issuer = null)
    {
        string token = (issuer ?? _auth.Jwt).Encode(new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile"] });
        return (await app.GetAsync("/", token)).StatusCode;
    }

    private Task<GuardedApp> StartAsync(string? publicKey = null) => GuardedApp.StartBareAsync(
        app => app.MapGet("/", () => "").RequireScope("support:mobile"),
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:JwksUri", _auth.KeySet.ToString()), new("Jwt:PublicKeys", publicKey)]);
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization();
        });

    /// <summary>For one address, a proxy that does not answer. What other tests ask for goes its usual way.</summary>
    private sealed class Detour(Uri address) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri GetProxy(Uri destination) => new("http://127.0.0.1:1");

        public bool IsBypassed(Uri host) => host.Port != address.Port;
    }
}
