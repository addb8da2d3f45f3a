using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.AspNetCore;

public sealed class Keys_are_fetched_from_the_auth_service : IAsyncLifetime
{
    private const string Elsewhere = "/elsewhere";
    private const string OverAMebibyte = "over a mebibyte";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly HudyaJwt _issuer;
    private WebApplication _authService = null!;
    private Uri _address = null!;
    private string? _otherAnswer;
    private int _fetches;
    private int _visitsElsewhere;
    private bool _hangs;

    public Keys_are_fetched_from_the_auth_service() =>
        _issuer = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, TimeProvider = _time });

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_issuer);
        _authService = builder.Build();
        _authService.Use(async (context, next) =>
        {
            Interlocked.Increment(ref _fetches);
            if (context.Request.Path == Elsewhere)
                Interlocked.Increment(ref _visitsElsewhere);
            if (_hangs)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            if (_otherAnswer is null || context.Request.Path == Elsewhere)
                await next(context);
            else if (_otherAnswer.Length == 0)
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            else if (_otherAnswer.StartsWith("http", StringComparison.Ordinal))
                context.Response.Redirect(_otherAnswer);
            else
                await context.Response.WriteAsync(_otherAnswer);
        });
        _authService.MapJwks<HudyaJwt>();
        _authService.MapJwks<HudyaJwt>(Elsewhere);
        await _authService.StartAsync(GuardedApp.Cancel);
        _address = new Uri(_authService.Urls.Single() + "/.well-known/jwks.json");
    }

    public async ValueTask DisposeAsync() => await _authService.DisposeAsync();

    [Fact]
    public async Task Before_the_first_token_is_looked_at()
    {
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Beside_those_in_the_settings()
    {
        await using GuardedApp app = await StartAsync(TestKeys.Second.PublicKeyPem);
        var second = Service(TestKeys.Second);

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        (await AskAsync(app, second)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task At_once_when_a_token_names_a_key_that_is_new()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);

        _issuer.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
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
            _issuer.Keys.Override(privateKey: next.PrivateKeyPem);
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
        int before = _fetches;

        _issuer.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        (await AskAsync(app, thief)).Should().Be(HttpStatusCode.OK);
        _fetches.Should().Be(before);
        await UntilAsync(HttpStatusCode.Unauthorized, () =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return AskAsync(app, thief);
        });
    }

    [Fact]
    public async Task And_again_when_the_set_was_empty_for_a_while()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);
        _otherAnswer = "{\"keys\":[]}";
        await AskAsync(app, Service(TestKeys.Foreign));
        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);

        _otherAnswer = null;
        _time.Advance(TimeSpan.FromSeconds(10));

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
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
            $$"""{"alg":"RS256","{{member}}":"{{new Uri(_address, Elsewhere)}}"}""",
            """{"iss":"auth_support","sub":"ann","exp":4102444800,"scopes":"support:mobile"}""",
            stranger);

        (await app.GetAsync("/", token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        _visitsElsewhere.Should().Be(0);
    }

    [Fact]
    public async Task But_however_many_strangers_call_only_once_in_a_while()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);
        int before = _fetches;
        var stranger = Service(TestKeys.Foreign);

        for (int i = 0; i < 20; i++)
            (await AskAsync(app, stranger)).Should().Be(HttpStatusCode.Unauthorized);

        (_fetches - before).Should().BeInRange(0, 1);
    }

    [Fact]
    public async Task And_the_last_good_ones_stay_while_the_auth_service_is_down()
    {
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);

        await _authService.StopAsync(GuardedApp.Cancel);
        var stranger = Service(TestKeys.Foreign);

        (await AskAsync(app, stranger)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key set")]
    [InlineData("{}")]
    [InlineData(OverAMebibyte)]
    public async Task And_stay_when_it_answers_nonsense(string nonsense)
    {
        if (nonsense == OverAMebibyte)
            nonsense = "{\"keys\":[]" + new string(' ', 1024 * 1024) + "}";
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);

        _otherAnswer = nonsense;
        var stranger = Service(TestKeys.Foreign);

        (await AskAsync(app, stranger)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().Contain(line => line.StartsWith("Error: The keys of HudyaJwt could not be fetched", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\"},{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"},{\"kty\":\"RSA\",\"n\":\"?\",\"e\":\"AQAB\"},1]}")]
    public async Task But_they_go_when_it_says_that_there_is_none(string empty)
    {
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);

        _otherAnswer = empty;
        await AskAsync(app, Service(TestKeys.Foreign));

        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);
        app.Log.Lines.Should().ContainSingle(line => line.StartsWith("Error: The key set of HudyaJwt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_of_no_use_keeps_no_other_out()
    {
        byte[] small = [.. new byte[128], .. RandomNumberGenerator.GetBytes(128)];
        small[^1] |= 1;
        JsonArray keys = JsonNode.Parse(_issuer.Keys.ToJwks())!["keys"]!.AsArray();
        keys.Add(new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(small), ["e"] = "AQAB" });
        keys.Add(new JsonObject { ["kty"] = "RSA", ["n"] = (string?)keys[0]!["n"], ["e"] = "AQ" });
        string set = new JsonObject { ["keys"] = keys.DeepClone() }.ToJsonString();
        // Half a character, where a number and where a name should be.
        _otherAnswer = set[..^2] + ",{\"kty\":\"RSA\",\"n\":\"\\ud800\",\"e\":\"AQAB\"},{\"kty\":\"\\udc00\"},{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}]}";
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().Contain(line => line.Contains("Fetched 1 keys", StringComparison.Ordinal) && line.Contains("passed over 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_whose_private_numbers_are_there_for_all_to_read_verifies_nothing()
    {
        JsonNode set = JsonNode.Parse(_issuer.Keys.ToJwks())!;
        set["keys"]![0]!["d"] = "AQAB";
        _otherAnswer = set.ToJsonString();
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("verify", HttpStatusCode.OK)]
    [InlineData("encrypt", HttpStatusCode.Unauthorized)]
    public async Task A_key_verifies_only_if_that_is_what_it_is_for(string use, HttpStatusCode expected)
    {
        JsonNode set = JsonNode.Parse(_issuer.Keys.ToJwks())!;
        set["keys"]![0]!["key_ops"] = new JsonArray(use);
        _otherAnswer = set.ToJsonString();
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(expected);
    }

    [Fact]
    public async Task The_same_keys_in_another_order_are_no_change()
    {
        _issuer.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);
        JsonArray keys = JsonNode.Parse(_issuer.Keys.ToJwks())!["keys"]!.AsArray();
        _otherAnswer = new JsonObject { ["keys"] = new JsonArray([.. keys.Reverse().Select(key => key!.DeepClone())]) }.ToJsonString();
        int before = _fetches;

        await AskAsync(app, Service(TestKeys.Foreign));

        _fetches.Should().BeGreaterThan(before);
        app.Log.Lines.Should().ContainSingle(line => line.Contains("The keys were changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_bring_back_no_key_that_was_taken_out_of_use_meanwhile()
    {
        HudyaJwt leaked = Service(TestKeys.Second);
        await using GuardedApp app = await StartAsync(TestKeys.Second.PublicKeyPem);
        (await AskAsync(app, leaked)).Should().Be(HttpStatusCode.OK);
        app.Services.GetRequiredService<HudyaJwt>().Keys.Override(publicKeys: [TestKeys.Ours.PublicKeyPem]);
        (await AskAsync(app, leaked)).Should().Be(HttpStatusCode.Unauthorized);

        _issuer.Keys.Override(privateKey: TestKeys.Foreign.PrivateKeyPem);
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
        int before = _fetches;

        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(app, Service(TestKeys.Second))).Should().Be(HttpStatusCode.OK);
        _fetches.Should().Be(before);
    }

    [Fact]
    public async Task But_from_the_one_that_they_have_instead()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);
        _otherAnswer = "";

        app.Change("Jwt:JwksUri", new Uri(_address, Elsewhere).ToString());

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        _visitsElsewhere.Should().BePositive();
    }

    [Fact]
    public async Task Unless_that_one_would_have_been_refused_at_start()
    {
        await using GuardedApp app = await StartAsync();
        await AskAsync(app);

        app.Change("Jwt:JwksUri", "http://auth.example/jwks");

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().Contain(line => line.StartsWith("Error: The changed settings of HudyaJwt were not taken over", StringComparison.Ordinal) && line.Contains("Jwt:JwksUri must be an absolute https address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://svc:secret@auth.example/jwks")]
    [InlineData("https://auth.example/jwks?sig=secret")]
    public async Task An_address_with_a_secret_in_it_is_refused(string address)
    {
        Func<Task> start = () => GuardedApp.StartBareAsync(
            _ => { }, builder => builder.Services.AddApiJwt<HudyaJwt>(options => options.JwksUri = new Uri(address)));

        await start.Should().ThrowAsync<OptionsValidationException>().WithMessage("*JwksUri*no user name and no query*");
    }

    [Fact]
    public async Task An_auth_service_that_does_not_answer_holds_up_no_end()
    {
        _hangs = true;
        GuardedApp app = await StartAsync();
        await Task.Delay(100, GuardedApp.Cancel);

        await app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(8), GuardedApp.Cancel);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _otherAnswer = new Uri(_address, Elsewhere).ToString();
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);
        _fetches.Should().BePositive();
        _visitsElsewhere.Should().Be(0);
    }

    [Fact]
    public async Task A_proxy_is_not_asked_for_what_comes_without_TLS()
    {
        IWebProxy usual = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new Detour(_address);
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

    [Fact]
    public async Task A_service_may_start_before_the_auth_service_and_lets_nobody_in_until_then()
    {
        _otherAnswer = "";
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);

        _otherAnswer = null;
        await UntilAsync(HttpStatusCode.OK, () => AskAsync(app));
    }

    private static async Task UntilAsync(HttpStatusCode expected, Func<Task<HttpStatusCode>> ask)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(GuardedApp.Cancel);
        enough.CancelAfter(Patience);
        while (await ask() != expected)
            await Task.Delay(50, enough.Token);
    }

    private HudyaJwt Service(RsaKeyPair pair) => new(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem, TimeProvider = _time });

    private async Task<HttpStatusCode> AskAsync(GuardedApp app, HudyaJwt? issuer = null)
    {
        string token = (issuer ?? _issuer).Encode(new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile"] });
        return (await app.GetAsync("/", token)).StatusCode;
    }

    private Task<GuardedApp> StartAsync(string? publicKey = null) => GuardedApp.StartBareAsync(
        app => app.MapGet("/", () => "").RequireScope("support:mobile"),
        builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Jwt:JwksUri", _address.ToString()), new("Jwt:PublicKeys", publicKey)]);
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
