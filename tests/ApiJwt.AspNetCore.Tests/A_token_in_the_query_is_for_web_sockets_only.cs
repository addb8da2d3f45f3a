using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Hudya.Tests.AspNetCore;

public class A_token_in_the_query_is_for_web_sockets_only
{
    [Theory]
    [InlineData("/chat", true, true, HttpStatusCode.OK)]
    [InlineData("/chat/room", true, true, HttpStatusCode.OK)]
    [InlineData("/chat", true, false, HttpStatusCode.Unauthorized)]
    [InlineData("/chatter", true, true, HttpStatusCode.Unauthorized)]
    [InlineData("/chat", false, true, HttpStatusCode.Unauthorized)]
    public async Task And_where_it_was_asked_for(string path, bool isAccepted, bool isWebSocket, HttpStatusCode expected)
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app => app.MapGet("/{**path}", () => "").RequireScope("support:mobile"),
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(_ => { }).TrustTestTokens();
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>(options =>
                {
                    if (isAccepted)
                        options.AcceptTokenInWebSocketQuery("/chat");
                });
                builder.Services.AddAuthorization();
            });
        string token = TestToken.Sign(token => token.Scopes("support:mobile"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?access_token={token}");
        if (isWebSocket)
            request.Headers.Add("Upgrade", "websocket");

        (await app.Client().SendAsync(request, GuardedApp.Cancel)).StatusCode.Should().Be(expected);
        app.Log.Lines.Where(line => !line.Contains("Request starting", StringComparison.Ordinal) && !line.Contains("Request finished", StringComparison.Ordinal))
            .Should().NotContain(line => line.Contains(token, StringComparison.Ordinal), "the host's own two lines alone have the address");
    }

    /// <summary>Events are set wherever an application likes, and as often.</summary>
    [Theory]
    [InlineData("Events")]
    [InlineData("EventsType")]
    [InlineData("PostConfigure")]
    public async Task Whatever_becomes_of_the_events_of_the_scheme(string change)
    {
        await using GuardedApp app = await GuardedApp.StartBareAsync(
            app => app.MapGet("/chat", () => "").RequireScope("support:mobile"),
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(_ => { }).TrustTestTokens();
                builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>(options => options.AcceptTokenInWebSocketQuery("/chat"));
                builder.Services.AddAuthorization().AddScoped<OwnEvents>();
                if (change == "Events")
                    builder.Services.Configure<JwtBearerOptions>("Bearer", options => options.Events = new OwnEvents());
                else if (change == "EventsType")
                    builder.Services.Configure<JwtBearerOptions>("Bearer", options => options.EventsType = typeof(OwnEvents));
                else
                    builder.Services.PostConfigure<JwtBearerOptions>("Bearer", options => options.Events = new OwnEvents());
            });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/chat?access_token={TestToken.Sign(token => token.Scopes("support:mobile"))}");
        request.Headers.Add("Upgrade", "websocket");

        HttpResponseMessage answer = await app.Client().SendAsync(request, GuardedApp.Cancel);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.GetValues("X-Seen").Should().Equal("yes");
    }

    private sealed class OwnEvents : JwtBearerEvents
    {
        public override Task MessageReceived(MessageReceivedContext context)
        {
            context.Response.Headers["X-Seen"] = "yes";
            return Task.CompletedTask;
        }
    }
}
