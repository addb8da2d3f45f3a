using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hudya.Tests.AspNetCore.Revoking;

public class RevocationHubTests
{
    /// <summary>Called for each request after its authentication.</summary>
    private Action<VerifiedPayload> _onRequest = _ => { };

    [Theory]
    [InlineData("by a call"), InlineData("by what another service revoked")]
    public async Task A_connection_closes_when_its_token_is_revoked(string revocation)
    {
        await using GuardedApp app = await StartAsync(signalR => signalR.CloseOnRevocation());
        RevocationList list = RevocationsOf(app);
        (string token, VerifiedPayload payload) = Issue(app, "ann");
        await using HubConnection connection = await app.ConnectAsync("/pings", token);
        await using HubConnection other = await app.ConnectAsync("/pings", Issue(app, "bob").Token);

        if (revocation == "by a call")
            list.Revoke(payload);
        else
            list.Sources.Single().Load([Revocation.OfSubject("ann", TimeProvider.System.GetUtcNow().AddMinutes(1), payload.ExpiresAt)]);

        await connection.WaitForCloseAsync();
        (await other.InvokeAsync<string>("Ping", GuardedApp.Cancel)).Should().Be("pong", "the connection of another subject stays open");
    }

    [Fact]
    public async Task A_connection_stays_open_unless_the_application_calls_CloseOnRevocation()
    {
        await using GuardedApp app = await StartAsync(_ => { });
        (string token, VerifiedPayload payload) = Issue(app, "ann");
        await using HubConnection connection = await app.ConnectAsync("/pings", token);

        RevocationsOf(app).Revoke(payload);

        (await connection.InvokeAsync<string>("Ping", GuardedApp.Cancel)).Should().Be("pong");
    }

    [Fact]
    public async Task A_connection_closes_when_its_token_is_revoked_between_authentication_and_the_handshake()
    {
        await using GuardedApp app = await StartAsync(signalR => signalR.CloseOnRevocation());
        await using HubConnection connection = app.Connection("/pings", Issue(app, "ann").Token);
        int requests = 0;
        // The first request negotiates, and the second opens the connection.
        _onRequest = payload =>
        {
            if (++requests == 2)
                RevocationsOf(app).Revoke(payload);
        };

        await Record.ExceptionAsync(() => connection.StartAsync(GuardedApp.Cancel));

        await connection.WaitForCloseAsync();
        requests.Should().Be(2);
    }

    private static RevocationList RevocationsOf(GuardedApp app) => app.Services.GetRequiredService<SessionJwt>().Revocations;

    private static (string Token, VerifiedPayload Payload) Issue(GuardedApp app, string subject)
    {
        SessionJwt jwt = app.Services.GetRequiredService<SessionJwt>();
        string token = jwt.Encode(new TokenRequest { Subject = subject });
        return (token, jwt.Decode(token).Payload!);
    }

    private Task<GuardedApp> StartAsync(Action<ISignalRServerBuilder> configure) => SessionJwt.StartAsync(
        app =>
        {
            app.Use((context, next) =>
            {
                _onRequest(context.GetVerifiedPayload()!);
                return next(context);
            });
            app.MapHub<PingHub>("/pings");
            app.Services.GetRequiredService<SessionJwt>().Revocations.AddSource("elsewhere", TimeSpan.FromHours(1)).Load([]);
        },
        services: builder =>
        {
            builder.Listen();
            configure(builder.Services.AddSignalR());
        });

    [Authorize]
    private sealed class PingHub : Hub
    {
        public string Ping() => "pong";
    }
}
