using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hudya.Tests.AspNetCore;

/// <summary>Over real connections, because what a hub knows of its caller's request differs from one transport to the next.</summary>
public class A_hub_takes_the_payload_on_every_transport
{
    private readonly ConcurrentQueue<string> _calls = new();

    public static TheoryData<HttpTransportType> Transports => [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task As_a_parameter_of_a_method_and_of_what_is_made_for_its_call(HttpTransportType transport)
    {
        await using GuardedApp app = await StartAsync();
        await using HubConnection ann = await ConnectAsync(app, transport, "ann");
        await using HubConnection bob = await ConnectAsync(app, transport, "bob");

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
    public async Task And_is_not_called_by_those_who_have_none(HttpTransportType transport)
    {
        await using GuardedApp app = await StartAsync();
        await using HubConnection nobody = await ConnectAsync(app, transport, null);

        Func<Task> call = () => nobody.InvokeAsync<string>("Me", GuardedApp.Cancel);

        await call.Should().ThrowAsync<HubException>();
        _calls.Should().NotContain("called");
        app.Log.Lines.Should().Contain(line => line.Contains("There is no VerifiedPayload. Take it in a method of the hub", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task But_not_as_one_of_its_constructor_which_does_not_know_the_caller(HttpTransportType transport)
    {
        await using GuardedApp app = await StartAsync();
        HubConnection connection = Connection(app, "/early", transport, "ann");
        var closed = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        await Record.ExceptionAsync(() => connection.StartAsync(GuardedApp.Cancel));
        await closed.Task.WaitAsync(GuardedApp.Cancel);

        app.Log.Lines.Should().Contain(line => line.Contains("and not in its constructor", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    public async Task And_is_disposed_of_unless_it_belongs_to_the_services(bool isRegistered, int made)
    {
        await using (GuardedApp app = await StartAsync(isRegistered ? services => services.AddSingleton<CallerHub>() : null))
        {
            await using (HubConnection ann = await ConnectAsync(app, HttpTransportType.WebSockets, "ann"))
                (await ann.InvokeAsync<string>("Me", GuardedApp.Cancel)).Should().Be("ann");
            // Without a registration there is one to connect, one for the call, and one to disconnect.
            await Soon.ItIsTrueAsync(() => isRegistered || _calls.Count(call => call == "disposed") == made);
        }

        _calls.Count(call => call == "made").Should().Be(made);
        _calls.Count(call => call == "disposed").Should().Be(made);
    }

    [Fact]
    public async Task Unless_the_application_makes_its_hubs_itself()
    {
        await using GuardedApp app = await StartAsync(services => services.AddScoped(typeof(IHubActivator<>), typeof(OwnActivator<>)));
        await using HubConnection ann = await ConnectAsync(app, HttpTransportType.WebSockets, "ann");

        (await ann.InvokeAsync<string>("Me", GuardedApp.Cancel)).Should().Be("ann");
        _calls.Should().Contain("made by the application");
    }

    private static HubConnection Connection(GuardedApp app, string path, HttpTransportType transport, string? subject)
    {
        return new HubConnectionBuilder().WithUrl(app.Address + path, transport, options =>
        {
            if (subject is not null)
                options.AccessTokenProvider = () => Task.FromResult<string?>(TestToken.Sign(token => token.Subject(subject)));
        }).Build();
    }

    private static async Task<HubConnection> ConnectAsync(GuardedApp app, HttpTransportType transport, string? subject)
    {
        HubConnection connection = Connection(app, "/hub", transport, subject);
        await connection.StartAsync(GuardedApp.Cancel);
        return connection;
    }

    private Task<GuardedApp> StartAsync(Action<IServiceCollection>? before = null) => GuardedApp.StartBareAsync(
        app =>
        {
            app.MapHub<CallerHub>("/hub");
            app.MapHub<EarlyHub>("/early");
        },
        builder =>
        {
            builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
            before?.Invoke(builder.Services);
            builder.Services.AddSingleton(_calls).AddScoped<Cart>();
            builder.Services.AddApiJwt<HudyaJwt>(_ => { }).TrustTestTokens();
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization().AddSignalR();
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

    private sealed class Cart(VerifiedPayload owner)
    {
        public string Owner => owner.Subject;
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
}
