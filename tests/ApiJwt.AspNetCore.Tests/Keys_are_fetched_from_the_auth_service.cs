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

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly HudyaJwt _issuer;
    private WebApplication _authService = null!;
    private Uri _address = null!;
    private string? _otherAnswer;
    private int _fetches;
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
    public async Task And_stay_when_it_answers_nonsense(string nonsense)
    {
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
        _otherAnswer = new JsonObject { ["keys"] = keys.DeepClone() }.ToJsonString();
        await using GuardedApp app = await StartAsync();

        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().Contain(line => line.Contains("Fetched 1 keys", StringComparison.Ordinal) && line.Contains("passed over 2", StringComparison.Ordinal));
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
    }

    [Fact]
    public async Task A_service_may_start_before_the_auth_service_and_lets_nobody_in_until_then()
    {
        _otherAnswer = "";
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.Unauthorized);

        _otherAnswer = null;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(GuardedApp.Cancel);
        enough.CancelAfter(Patience);
        while (await AskAsync(app) != HttpStatusCode.OK)
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
}
