using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ApiJwts.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hudya.Tests.AspNetCore.Payload;

/// <summary>Tests hubs with a SignalR client over several transports, which differ in what a hub knows about the request.</summary>
public class HubTests
{
    private readonly ConcurrentQueue<string> _calls = new();

    public static TheoryData<HttpTransportType> Transports => [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    [Theory]
    [InlineData("support:mobile", 3.1, null)]
    [InlineData("support:power", 3.1, HttpStatusCode.Forbidden)]
    [InlineData("support:mobile", 3.0, HttpStatusCode.Unauthorized)]
    public async Task A_hub_is_guarded_by_its_attributes_and_where_it_is_mapped(string scope, double level, HttpStatusCode? refusal)
    {
        await using GuardedApp app = await StartAsync();
        await using HubConnection connection = app.Connection("/chat", TestToken.Sign(token => token.Scopes(scope).Level(level)));

        Exception? fault = await Record.ExceptionAsync(() => connection.StartAsync(GuardedApp.Cancel));

        (fault as HttpRequestException)?.StatusCode.Should().Be(refusal);
        connection.State.Should().Be(refusal is null ? HubConnectionState.Connected : HubConnectionState.Disconnected);
    }

    /// <summary>The connection stays open. The platform writes the message of the refusal, which does not say what is missing.</summary>
    [Theory]
    [InlineData("Mobile"), InlineData("Any"), InlineData("Strong"), InlineData("Support")]
    public async Task A_method_of_a_hub_is_guarded_by_its_attributes(string method)
    {
        await using GuardedApp app = await StartAsync();
        await using HubConnection strong = await app.ConnectAsync("/methods", TestToken.Sign(token => token.Issuer("auth_support").Scopes("support:mobile").Level(3.1)));
        await using HubConnection weak = await app.ConnectAsync("/methods", TestToken.Sign(token => token.Scopes("user:all")));

        (await strong.InvokeAsync<string>(method, GuardedApp.Cancel)).Should().Be("in");
        Func<Task> call = () => weak.InvokeAsync<string>(method, GuardedApp.Cancel);
        (await call.Should().ThrowAsync<HubException>()).WithMessage($"*'{method}' because user is unauthorized");
        (await weak.InvokeAsync<string>("Open", GuardedApp.Cancel)).Should().Be("in");
    }

    /// <summary>The platform closes a connection at the expiry that the scheme reports, if an option asks for it.</summary>
    [Fact]
    public async Task A_connection_closes_when_its_token_expires()
    {
        await using GuardedApp app = await StartAsync();
        string token = TestToken.Sign(token => token.ExpiresAt(TimeProvider.System.GetUtcNow().AddSeconds(2)));

        await using HubConnection connection = await app.ConnectAsync("/methods", token);

        await connection.WaitForCloseAsync();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_hub_method_and_its_services_get_the_payload_of_the_caller(HttpTransportType transport)
    {
        await using GuardedApp app = await StartAsync();
        await using HubConnection ann = await app.ConnectAsync("/hub", TestToken.Sign(token => token.Subject("ann")), transport);
        await using HubConnection bob = await app.ConnectAsync("/hub", TestToken.Sign(token => token.Subject("bob")), transport);

        for (int i = 0; i < 3; i++)
        {
            foreach ((HubConnection connection, string name) in ((HubConnection, string)[])[(ann, "ann"), (bob, "bob")])
            {
                (await connection.InvokeAsync<string>("Me", GuardedApp.Cancel)).Should().Be(name);
                (await connection.InvokeAsync<string>("MyCart", GuardedApp.Cancel)).Should().Be(name);
                (await connection.StreamAsync<string>("Count", 2, GuardedApp.Cancel).ToListAsync(GuardedApp.Cancel)).Should().Equal($"{name} 0", $"{name} 1");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_hub_method_with_a_payload_is_not_called_without_one(HttpTransportType transport)
    {
        await using GuardedApp app = await StartAsync();
        await using HubConnection anonymous = await app.ConnectAsync("/hub", null, transport);

        await FluentActions.Awaiting(() => anonymous.InvokeAsync<string>("Me", GuardedApp.Cancel)).Should().ThrowAsync<HubException>();

        _calls.Should().NotContain("called");
        app.Log.Lines.Should().ContainMatch("*There is no VerifiedPayload. Take it in a method of the hub*");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_constructor_of_a_hub_cannot_take_the_payload(HttpTransportType transport)
    {
        await using GuardedApp app = await StartAsync();
        await using HubConnection connection = app.Connection("/early", TestToken.Sign(token => token.Subject("ann")), transport);

        await Record.ExceptionAsync(() => connection.StartAsync(GuardedApp.Cancel));

        await connection.WaitForCloseAsync();
        app.Log.Lines.Should().ContainMatch("*and not in its constructor*");
    }

    [Theory]
    [InlineData(false, 3), InlineData(true, 1)]
    public async Task A_hub_is_disposed_unless_it_is_registered_as_a_service(bool isRegistered, int made)
    {
        await using (GuardedApp app = await StartAsync(isRegistered ? services => services.AddSingleton<CallerHub>() : null))
        {
            await using (HubConnection ann = await app.ConnectAsync("/hub", TestToken.Sign(token => token.Subject("ann"))))
                (await ann.InvokeAsync<string>("Me", GuardedApp.Cancel)).Should().Be("ann");
            // Without a registration, SignalR makes one hub to connect, one for the call and one to disconnect.
            await Soon.ItIsTrueAsync(() => isRegistered || _calls.Count(call => call == "disposed") == made);
        }

        (_calls.Count(call => call == "made"), _calls.Count(call => call == "disposed")).Should().Be((made, made));
    }

    [Fact]
    public async Task An_application_can_use_its_own_hub_activator()
    {
        await using GuardedApp app = await StartAsync(services => services.AddScoped(typeof(IHubActivator<>), typeof(OwnActivator<>)));
        await using HubConnection ann = await app.ConnectAsync("/hub", TestToken.Sign(token => token.Subject("ann")));

        (await ann.InvokeAsync<string>("Me", GuardedApp.Cancel)).Should().Be("ann");
        _calls.Should().Contain("made by the application");
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets, true), InlineData(HttpTransportType.WebSockets, false)]
    [InlineData(HttpTransportType.ServerSentEvents, true), InlineData(HttpTransportType.LongPolling, true)]
    public async Task A_message_to_a_user_reaches_the_subject_with_that_name(HttpTransportType transport, bool isFirst)
    {
        await using GuardedApp app = await StartAsync(isFirst ? services => services.AddSignalR() : null);

        (await WhoGetsAsync(app, transport, toUser: "ann")).Should().Be("ann");
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task An_application_can_use_its_own_user_id_provider(bool isFirst)
    {
        void AddOwn(IServiceCollection services) => services.AddSingleton<IUserIdProvider, OwnNames>().AddSignalR();
        await using GuardedApp app = await StartAsync(isFirst ? AddOwn : null, isFirst ? null : AddOwn);

        (await WhoGetsAsync(app, HttpTransportType.WebSockets, toUser: "own ann")).Should().Be("ann");
    }

    private static async Task<string> WhoGetsAsync(GuardedApp app, HttpTransportType transport, string toUser)
    {
        var received = new TaskCompletionSource<string>();
        var connections = new List<HubConnection>();
        foreach (string name in (string[])["bob", "ann"])
        {
            HubConnection connection = await app.ConnectAsync("/hub", TestToken.Sign(token => token.Subject(name)), transport);
            connection.On("Hello", () => received.TrySetResult(name));
            connections.Add(connection);
        }

        await app.Services.GetRequiredService<IHubContext<CallerHub>>().Clients.User(toUser).SendAsync("Hello", GuardedApp.Cancel);

        string who = await received.Task.WaitAsync(TimeSpan.FromSeconds(30), GuardedApp.Cancel);
        foreach (HubConnection connection in connections)
            await connection.DisposeAsync();
        return who;
    }

    private Task<GuardedApp> StartAsync(Action<IServiceCollection>? before = null, Action<IServiceCollection>? after = null) => GuardedApp.StartBareAsync(
        app =>
        {
            app.MapHub<CallerHub>("/hub");
            app.MapHub<EarlyHub>("/early");
            app.MapHub<ChatHub>("/chat").RequireScope("support:mobile");
            app.MapHub<MethodsHub>("/methods", options => options.CloseOnAuthenticationExpiration = true);
        },
        builder =>
        {
            builder.Listen();
            before?.Invoke(builder.Services);
            builder.Services.AddSingleton(_calls).AddScoped<Cart>();
            builder.Services.AddApiJwt<HudyaJwt>(_ => { }).TrustTestTokens();
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization().AddSignalR();
            after?.Invoke(builder.Services);
        });

    private sealed class CallerHub : Hub
    {
        private readonly ConcurrentQueue<string> _calls;

        public CallerHub(ConcurrentQueue<string> calls)
        {
            _calls = calls;
            calls.Enqueue("made");
        }

        public string Me(VerifiedPayload caller)
        {
            _calls.Enqueue("called");
            return caller.Subject;
        }

        public string MyCart(Cart cart) => cart.Owner;

        public async IAsyncEnumerable<string> Count(int to, VerifiedPayload caller, [EnumeratorCancellation] CancellationToken cancel)
        {
            for (int i = 0; i < to; i++)
            {
                await Task.Delay(1, cancel);
                yield return $"{caller.Subject} {i}";
            }
        }

        protected override void Dispose(bool disposing)
        {
            _calls.Enqueue("disposed");
            base.Dispose(disposing);
        }
    }

    private sealed class EarlyHub(VerifiedPayload caller) : Hub
    {
        public string Me() => caller.Subject;
    }

    [RequireLevel(3.1)]
    private sealed class ChatHub : Hub;

    [Authorize]
    private sealed class MethodsHub : Hub
    {
        public string Open() => "in";

        [RequireScope("support:mobile")]
        public string Mobile() => "in";

        [RequireAnyScope("support:mobile", "support:power")]
        public string Any() => "in";

        [RequireLevel(3.1)]
        public string Strong() => "in";

        [RequireKey("support")]
        public string Support() => "in";
    }

    private sealed class OwnActivator<THub>(IServiceProvider services, ConcurrentQueue<string> calls) : IHubActivator<THub>
        where THub : Hub
    {
        public THub Create()
        {
            calls.Enqueue("made by the application");
            return ActivatorUtilities.CreateInstance<THub>(services);
        }

        public void Release(THub hub) => hub.Dispose();
    }

    private sealed class OwnNames : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => "own " + connection.User.Identity?.Name;
    }
}
