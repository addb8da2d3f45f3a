using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hudya.Tests.AspNetCore;

public class The_user_of_a_hub_is_the_subject_of_its_token
{
    public static TheoryData<HttpTransportType> Transports => [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task So_that_a_message_to_a_user_arrives_on_every_transport(HttpTransportType transport)
    {
        await using GuardedApp app = await StartAsync(services => services.AddSignalR());

        (await WhoGetsAsync(app, transport, toUser: "ann")).Should().Be("ann");
    }

    [Fact]
    public async Task Also_where_SignalR_is_added_last()
    {
        await using GuardedApp app = await StartAsync(_ => { }, services => services.AddSignalR());

        (await WhoGetsAsync(app, HttpTransportType.WebSockets, toUser: "ann")).Should().Be("ann");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unless_the_application_names_its_users_itself(bool isFirst)
    {
        void AddOwn(IServiceCollection services) => services.AddSingleton<IUserIdProvider, OwnNames>().AddSignalR();
        await using GuardedApp app = await StartAsync(isFirst ? AddOwn : _ => { }, isFirst ? _ => { } : AddOwn);

        (await WhoGetsAsync(app, HttpTransportType.WebSockets, toUser: "own ann")).Should().Be("ann");
    }

    private static async Task<string> WhoGetsAsync(GuardedApp app, HttpTransportType transport, string toUser)
    {
        var received = new TaskCompletionSource<string>();
        var connections = new List<HubConnection>();
        foreach (string name in (string[])["bob", "ann"])
        {
            HubConnection connection = new HubConnectionBuilder().WithUrl($"{app.Address}/news", transport, options =>
                options.AccessTokenProvider = () => Task.FromResult<string?>(TestToken.Sign(token => token.Subject(name)))).Build();
            connection.On("Hello", () => received.TrySetResult(name));
            await connection.StartAsync(GuardedApp.Cancel);
            connections.Add(connection);
        }

        await app.Services.GetRequiredService<IHubContext<NewsHub>>().Clients.User(toUser).SendAsync("Hello", GuardedApp.Cancel);

        string who = await received.Task.WaitAsync(TimeSpan.FromSeconds(30), GuardedApp.Cancel);
        foreach (HubConnection connection in connections)
            await connection.DisposeAsync();
        return who;
    }

    private static Task<GuardedApp> StartAsync(Action<IServiceCollection> before, Action<IServiceCollection>? after = null) => GuardedApp.StartBareAsync(
        app => app.MapHub<NewsHub>("/news").RequireAuthorization(),
        builder =>
        {
            builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
            before(builder.Services);
            builder.Services.AddApiJwt<HudyaJwt>(_ => { }).TrustTestTokens();
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization();
            after?.Invoke(builder.Services);
        });

    private sealed class NewsHub : Hub;

    private sealed class OwnNames : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => "own " + connection.User.Identity?.Name;
    }
}
