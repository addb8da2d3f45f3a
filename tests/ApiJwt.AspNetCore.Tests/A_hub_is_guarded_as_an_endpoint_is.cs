using System.Net.WebSockets;
using System.Text;
using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Hudya.Tests.AspNetCore;

public class A_hub_is_guarded_as_an_endpoint_is
{
    [Theory]
    [InlineData("support:mobile", 3.1, HttpStatusCode.OK)]
    [InlineData("support:power", 3.1, HttpStatusCode.Forbidden)]
    [InlineData("support:mobile", 3.0, HttpStatusCode.Unauthorized)]
    public async Task By_its_attributes_and_where_it_is_mapped(string scope, double level, HttpStatusCode expected)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapHub<ChatHub>("/chat").RequireScope("support:mobile"),
            builder => builder.Services.TrustTestTokens().AddSignalR());
        HttpClient client = app.Client().WithToken(token => token.Scopes(scope).Level(level));

        HttpResponseMessage answer = await client.PostAsync("/chat/negotiate?negotiateVersion=1", null, GuardedApp.Cancel);

        answer.StatusCode.Should().Be(expected);
    }

    [Theory]
    [InlineData("Mobile")]
    [InlineData("Any")]
    [InlineData("Strong")]
    [InlineData("Support")]
    public async Task Each_of_its_methods_too(string method)
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapHub<MethodsHub>("/methods"),
            builder => builder.Services.TrustTestTokens().AddSignalR());

        (await CallAsync(app, method, token => token.Issuer("auth_support").Scopes("support:mobile").Level(3.1))).Should().Contain("\"result\":\"in\"");
        (await CallAsync(app, method, token => token.Scopes("user:all"))).Should().Contain("unauthorized").And.NotContain("result");
    }

    /// <summary>The platform closes a connection at the moment that the scheme says. Without being asked to, it keeps it for as long as it lasts.</summary>
    [Fact]
    public async Task And_closes_when_its_token_expires()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app => app.MapHub<MethodsHub>("/methods", options => options.CloseOnAuthenticationExpiration = true),
            builder => builder.Services.TrustTestTokens().AddSignalR());
        using WebSocket socket = await app.WebSocketAsync("/methods", TestToken.Sign(token => token.ExpiresAt(TimeProvider.System.GetUtcNow().AddSeconds(2))));
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, GuardedApp.Cancel);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(GuardedApp.Cancel);
        enough.CancelAfter(TimeSpan.FromSeconds(30));

        WebSocketReceiveResult part;
        do
            part = await socket.ReceiveAsync(new byte[4096], enough.Token);
        while (part.MessageType != WebSocketMessageType.Close);
    }

    /// <summary>One call of a method, in SignalR's own protocol: messages of JSON that end in a record separator.</summary>
    private static async Task<string> CallAsync(GuardedApp app, string method, Action<TestToken> configure)
    {
        using WebSocket socket = await app.WebSocketAsync("/methods", TestToken.Sign(configure));
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, GuardedApp.Cancel);
        await socket.SendAsync(Encoding.UTF8.GetBytes($"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"{method}\",\"arguments\":[]}}\u001e"), WebSocketMessageType.Text, true, GuardedApp.Cancel);
        var received = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!received.ToString().Contains("invocationId", StringComparison.Ordinal))
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, GuardedApp.Cancel);
            received.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }

        return received.ToString();
    }

    [RequireLevel(3.1)]
    private sealed class ChatHub : Hub;

    [Authorize]
    private sealed class MethodsHub : Hub
    {
        [RequireScope("support:mobile")]
        public string Mobile() => "in";

        [RequireAnyScope("support:mobile", "support:power")]
        public string Any() => "in";

        [RequireLevel(3.1)]
        public string Strong() => "in";

        [RequireKey("support")]
        public string Support() => "in";
    }
}
