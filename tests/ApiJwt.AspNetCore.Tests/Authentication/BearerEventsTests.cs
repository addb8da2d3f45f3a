using ApiJwts.Testing;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.AspNetCore.Authentication;

/// <summary>Tests the events of the stock handler, and the token in the query of a web socket, which uses one of these events.</summary>
public class BearerEventsTests
{
    private readonly List<string> _seen = [];

    /// <summary>An application can set events in several places and more than once.</summary>
    public static TheoryData<string, Action<IServiceCollection>> OwnEvents => new()
    {
        { "Events", services => services.Configure<JwtBearerOptions>("Bearer", options => options.Events = new MarkingEvents()) },
        { "EventsType", services => services.Configure<JwtBearerOptions>("Bearer", options => options.EventsType = typeof(MarkingEvents)) },
        { "PostConfigure", services => services.PostConfigure<JwtBearerOptions>("Bearer", options => options.Events = new MarkingEvents()) },
    };

    [Fact]
    public async Task Events_run_as_with_the_stock_handler()
    {
        await using GuardedApp app = await StartAsync(options => options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context => See($"validated until {context.SecurityToken.ValidTo:yyyy}"),
            OnAuthenticationFailed = context => See(context.Exception is SecurityTokenExpiredException { Expires.Year: 2001 } ? "expired in 2001" : context.Exception.GetType().Name),
            OnChallenge = context => See($"challenge {context.ErrorDescription}"),
            OnForbidden = _ => See("forbidden"),
        });

        await app.Client().WithToken(token => token.Scopes("other")).GetAsync("/chat", GuardedApp.Cancel);
        await app.Client().WithToken(token => token.Expired()).GetAsync("/chat", GuardedApp.Cancel);
        await app.Client().WithToken(token => token.Forged()).GetAsync("/chat", GuardedApp.Cancel);

        _seen.Should().Equal(
            "validated until 2100", "forbidden",
            "expired in 2001", "challenge The token has expired.",
            "SecurityTokenInvalidSignatureException", "challenge The token is not valid.");
    }

    [Fact]
    public async Task Events_have_a_token_of_the_type_that_the_stock_handler_has()
    {
        await using GuardedApp app = await SessionJwt.StartAsync(
            app => app.MapGet("/", () => "").RequireAuthorization(),
            services: builder => builder.Services.Configure<JwtBearerOptions>("Bearer", options => options.Events.OnTokenValidated = context =>
            {
                var token = (JsonWebToken)context.SecurityToken;
                return See($"{token.Id} {token.IssuedAt:O} {token.ValidTo:O} {token.Subject} {token.GetClaim("level").Value}");
            }));
        SessionJwt jwt = app.Services.GetRequiredService<SessionJwt>();
        IssuedToken issued = jwt.Issue(new TokenRequest { Subject = "ann", Key = "user" });

        await app.GetAsync("/", issued.Text);

        _seen.Should().Equal($"{issued.TokenId} {jwt.Decode(issued.Text).Payload!.IssuedAt!.Value.UtcDateTime:O} {issued.ExpiresAt.UtcDateTime:O} ann 0.0");
    }

    /// <summary>Every project template filters the log categories of the platform.</summary>
    [Fact]
    public async Task The_handler_logs_in_its_own_category()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapGet("/", () => "").RequireScope("support:mobile"),
            builder => builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));

        await app.GetAsync("/", "no token");

        app.Log.Lines.Should().ContainSingle().Which.Should().StartWith("Information: Refused a token: Malformed.");
    }

    [Theory]
    [InlineData("/chat", true, true, HttpStatusCode.OK)]
    [InlineData("/chat/room", true, true, HttpStatusCode.OK)]
    [InlineData("/chat", true, false, HttpStatusCode.Unauthorized)]
    [InlineData("/chatter", true, true, HttpStatusCode.Unauthorized)]
    [InlineData("/chat", false, true, HttpStatusCode.Unauthorized)]
    public async Task A_token_in_the_query_is_accepted_only_from_web_sockets_on_configured_paths(string path, bool isAccepted, bool isWebSocket, HttpStatusCode expected)
    {
        await using GuardedApp app = await StartAsync(options =>
        {
            if (isAccepted)
                options.AcceptTokenInWebSocketQuery("/chat");
        });
        string token = TestToken.Sign(token => token.Scopes("support:mobile"));

        (await AskAsync(app, path, token, isWebSocket)).StatusCode.Should().Be(expected);

        app.Log.Lines.Where(line => !line.Contains("Request starting", StringComparison.Ordinal) && !line.Contains("Request finished", StringComparison.Ordinal))
            .Should().NotContain(line => line.Contains(token, StringComparison.Ordinal), "only the two lines of the host contain the address");
    }

    [Theory]
    [MemberData(nameof(OwnEvents), DisableDiscoveryEnumeration = true)]
    public async Task A_token_in_the_query_is_accepted_together_with_events_of_the_application(string what, Action<IServiceCollection> setEvents)
    {
        await using GuardedApp app = await StartAsync(options => options.AcceptTokenInWebSocketQuery("/chat"), services =>
        {
            services.AddScoped<MarkingEvents>();
            setEvents(services);
        });

        HttpResponseMessage answer = await AskAsync(app, "/chat", TestToken.Sign(token => token.Scopes("support:mobile")), isWebSocket: true);

        answer.StatusCode.Should().Be(HttpStatusCode.OK, what);
        answer.Headers.GetValues("X-Seen").Should().Equal("yes");
    }

    [Theory]
    [InlineData(""), InlineData("/"), InlineData("/chat/")]
    public void A_path_for_tokens_in_the_query_that_matches_all_or_nothing_is_refused(string path) =>
        FluentActions.Invoking(() => new JwtBearerOptions().AcceptTokenInWebSocketQuery(path)).Should().Throw<ArgumentException>().WithMessage("*/chat*");

    private static Task<GuardedApp> StartAsync(Action<JwtBearerOptions> configure, Action<IServiceCollection>? services = null) => GuardedApp.StartAsync<HudyaJwt>(
        app => app.MapGet("/{**path}", () => "").RequireScope("support:mobile"),
        _ => { },
        builder =>
        {
            builder.Services.TrustTestTokens();
            services?.Invoke(builder.Services);
        },
        configure);

    private static async Task<HttpResponseMessage> AskAsync(GuardedApp app, string path, string token, bool isWebSocket)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?access_token={token}");
        if (isWebSocket)
            request.Headers.Add("Upgrade", "websocket");
        return await app.Client().SendAsync(request, GuardedApp.Cancel);
    }

    private Task See(string what)
    {
        _seen.Add(what);
        return Task.CompletedTask;
    }

    private sealed class MarkingEvents : JwtBearerEvents
    {
        public override Task MessageReceived(MessageReceivedContext context)
        {
            context.Response.Headers["X-Seen"] = "yes";
            return Task.CompletedTask;
        }
    }
}
