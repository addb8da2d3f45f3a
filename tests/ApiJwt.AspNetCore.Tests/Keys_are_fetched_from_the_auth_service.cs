using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
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
        var second = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem, TimeProvider = _time });

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
        var stranger = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Foreign.PrivateKeyPem, TimeProvider = _time });

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
        var stranger = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Foreign.PrivateKeyPem, TimeProvider = _time });

        (await AskAsync(app, stranger)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key set")]
    [InlineData("{}")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"kty\":\"EC\"},{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}")]
    public async Task And_stay_when_it_answers_nonsense(string nonsense)
    {
        await using GuardedApp app = await StartAsync();
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);

        _otherAnswer = nonsense;
        var stranger = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Foreign.PrivateKeyPem, TimeProvider = _time });

        (await AskAsync(app, stranger)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(app)).Should().Be(HttpStatusCode.OK);
        app.Log.Lines.Should().Contain(line => line.StartsWith("Error: The keys of HudyaJwt could not be fetched", StringComparison.Ordinal));
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
