using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Hudya.Tests.AspNetCore.Revoking;

public class RevocationHubTests
{
    [Theory]
    [InlineData("by a call"), InlineData("by what another service revoked")]
    public async Task A_connection_closes_when_its_token_is_revoked(string revocation)
    {
        await using GuardedApp app = await StartAsync(signalR => signalR.CloseOnRevocation());
        RevocationList list = app.Services.GetRequiredService<SessionJwt>().Revocations;
        (string token, VerifiedPayload payload) = Issue(app, "ann");
        using WebSocket socket = await ConnectAsync(app, token);
        using WebSocket other = await ConnectAsync(app, Issue(app, "bob").Token);

        if (revocation == "by a call")
            list.Revoke(payload);
        else
            list.Sources.Single().Load([Revocation.OfSubject("ann", TimeProvider.System.GetUtcNow().AddMinutes(1), payload.ExpiresAt)]);

        await WaitForEndAsync(socket);
        (await CallAsync(other)).Should().Contain("\"result\":\"pong\"", "the connection of another subject stays open");
    }

    [Fact]
    public async Task A_connection_stays_open_unless_the_application_calls_CloseOnRevocation()
    {
        await using GuardedApp app = await StartAsync(_ => { });
        (string token, VerifiedPayload payload) = Issue(app, "ann");
        using WebSocket socket = await ConnectAsync(app, token);

        app.Services.GetRequiredService<SessionJwt>().Revocations.Revoke(payload);

        (await CallAsync(socket)).Should().Contain("\"result\":\"pong\"");
    }

    [Fact]
    public async Task A_connection_closes_when_its_token_is_revoked_between_authentication_and_the_handshake()
    {
        await using GuardedApp app = await StartAsync(signalR => signalR.CloseOnRevocation());
        (string token, VerifiedPayload payload) = Issue(app, "ann");
        using WebSocket socket = await app.WebSocketAsync("/pings", token);

        app.Services.GetRequiredService<SessionJwt>().Revocations.Revoke(payload);
        await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}");

        await WaitForEndAsync(socket);
    }

    private static Task<GuardedApp> StartAsync(Action<ISignalRServerBuilder> configure) => SessionJwt.StartAsync(
        app =>
        {
            app.MapHub<PingHub>("/pings");
            app.Services.GetRequiredService<SessionJwt>().Revocations.AddSource("elsewhere", TimeSpan.FromHours(1)).Load([]);
        },
        services: builder => configure(builder.Services.AddSignalR()));

    private static (string Token, VerifiedPayload Payload) Issue(GuardedApp app, string subject)
    {
        SessionJwt jwt = app.Services.GetRequiredService<SessionJwt>();
        string token = jwt.Encode(new TokenRequest { Subject = subject });
        return (token, jwt.Decode(token).Payload!);
    }

    /// <summary>Opens a connection and completes the handshake.</summary>
    private static async Task<WebSocket> ConnectAsync(GuardedApp app, string token)
    {
        WebSocket socket = await app.WebSocketAsync("/pings", token);
        await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}");
        (await CallAsync(socket)).Should().Contain("pong");
        return socket;
    }

    private static async Task<string> CallAsync(WebSocket socket)
    {
        await SendAsync(socket, "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Ping\",\"arguments\":[]}");
        var received = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!received.ToString().Contains("invocationId", StringComparison.Ordinal))
        {
            WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, GuardedApp.Cancel);
            received.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }

        return received.ToString();
    }

    private static async Task WaitForEndAsync(WebSocket socket)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(GuardedApp.Cancel);
        enough.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            while ((await socket.ReceiveAsync(new byte[4096], enough.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        // The server can also abort the connection instead of closing it.
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
        }

        enough.IsCancellationRequested.Should().BeFalse();
    }

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, GuardedApp.Cancel);

    [Authorize]
    private sealed class PingHub : Hub
    {
        public string Ping() => "pong";
    }
}
