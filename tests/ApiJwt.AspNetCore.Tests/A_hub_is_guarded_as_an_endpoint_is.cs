using ApiJwts.Testing;
using Hudya.Tests.AspNetCore.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Hudya.Tests.AspNetCore;

/// <summary>As a live client of SignalR sees it.</summary>
public class A_hub_is_guarded_as_an_endpoint_is
{
    [Theory]
    [InlineData("support:mobile", 3.1, null)]
    [InlineData("support:power", 3.1, HttpStatusCode.Forbidden)]
    [InlineData("support:mobile", 3.0, HttpStatusCode.Unauthorized)]
    public async Task By_its_attributes_and_where_it_is_mapped(string scope, double level, HttpStatusCode? refusal)
    {
        await using GuardedApp app = await StartAsync(app => app.MapHub<ChatHub>("/chat").RequireScope("support:mobile"));
        await using HubConnection connection = Connection(app, "/chat", token => token.Scopes(scope).Level(level));

        Exception? fault = await Record.ExceptionAsync(() => connection.StartAsync(GuardedApp.Cancel));

        (fault as HttpRequestException)?.StatusCode.Should().Be(refusal);
        connection.State.Should().Be(refusal is null ? HubConnectionState.Connected : HubConnectionState.Disconnected);
    }

    /// <summary>The connection stays open, and the message of the refusal is that of the platform: it does not say what was missing.</summary>
    [Theory]
    [InlineData("Mobile")]
    [InlineData("Any")]
    [InlineData("Strong")]
    [InlineData("Support")]
    public async Task Each_of_its_methods_too(string method)
    {
        await using GuardedApp app = await StartAsync(app => app.MapHub<MethodsHub>("/methods"));
        await using HubConnection strong = Connection(app, "/methods", token => token.Issuer("auth_support").Scopes("support:mobile").Level(3.1));
        await using HubConnection weak = Connection(app, "/methods", token => token.Scopes("user:all"));
        await strong.StartAsync(GuardedApp.Cancel);
        await weak.StartAsync(GuardedApp.Cancel);

        (await strong.InvokeAsync<string>(method, GuardedApp.Cancel)).Should().Be("in");
        Func<Task> call = () => weak.InvokeAsync<string>(method, GuardedApp.Cancel);
        (await call.Should().ThrowAsync<HubException>()).WithMessage($"*'{method}' because user is unauthorized");
        (await weak.InvokeAsync<string>("Open", GuardedApp.Cancel)).Should().Be("in");
    }

    /// <summary>The platform closes a connection at the moment that the scheme says. Without being asked to, it keeps it for as long as it lasts.</summary>
    [Fact]
    public async Task And_closes_when_its_token_expires()
    {
        await using GuardedApp app = await StartAsync(app => app.MapHub<MethodsHub>("/methods", options => options.CloseOnAuthenticationExpiration = true));
        await using HubConnection connection = Connection(app, "/methods", token => token.ExpiresAt(TimeProvider.System.GetUtcNow().AddSeconds(2)));
        var closed = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        await connection.StartAsync(GuardedApp.Cancel);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), GuardedApp.Cancel);
    }

    private static Task<GuardedApp> StartAsync(Action<WebApplication> endpoints) => GuardedApp.StartAsync(endpoints, builder =>
    {
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.TrustTestTokens().AddSignalR();
    });

    private static HubConnection Connection(GuardedApp app, string path, Action<TestToken> configure)
    {
        return new HubConnectionBuilder().WithUrl(app.Address + path, options => options.AccessTokenProvider = () => Task.FromResult<string?>(TestToken.Sign(configure))).Build();
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
}
