using System.Net.Http.Headers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore.Support;

/// <summary>A service as a user writes it, on a server in memory, with the public key of <see cref="TestKeys.Ours"/> in its settings.</summary>
public sealed class GuardedApp : IAsyncDisposable
{
    // The system has a limit on watched files, and hundreds of apps are started here.
    internal static readonly string[] WithoutWatchers = ["--hostBuilder:reloadConfigOnChange=false"];

    private static readonly HudyaJwt AuthService = new(TestKeys.Issuing);

    private readonly WebApplication _app;

    private GuardedApp(WebApplication app, LogLines log)
    {
        _app = app;
        Log = log;
    }

    public LogLines Log { get; }

    public IServiceProvider Services => _app.Services;

    public HudyaJwt Jwt => Services.GetRequiredService<HudyaJwt>();

    /// <summary>Where the app answers over HTTP, if it was given a real server.</summary>
    public string Address => Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string Issue(string key = "support", double? level = null, params string[] scopes) =>
        AuthService.Encode(new TokenRequest { Subject = "ann", Key = key, Level = level, Scopes = scopes });

    public static Task<GuardedApp> StartAsync(Action<WebApplication> endpoints, Action<WebApplicationBuilder>? services = null) =>
        StartAsync([("PublicKeys:0", TestKeys.Ours.PublicKeyPem)], endpoints, services);

    /// <summary>With these settings in place of the public key.</summary>
    public static Task<GuardedApp> StartAsync((string Name, string? Value)[] settings, Action<WebApplication> endpoints, Action<WebApplicationBuilder>? services = null) =>
        StartBareAsync(endpoints, builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Jwt:{setting.Name}", setting.Value)));
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization();
            services?.Invoke(builder);
        });

    /// <summary>Without any settings or registrations but those given.</summary>
    public static async Task<GuardedApp> StartBareAsync(Action<WebApplication> endpoints, Action<WebApplicationBuilder> services)
    {
        var log = new LogLines();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(WithoutWatchers);
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(log);
        services(builder);
        WebApplication app = builder.Build();
        try
        {
            endpoints(app);
            await app.StartAsync(Cancel);
            return new GuardedApp(app, log);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public HttpClient Client(string? token = null)
    {
        HttpClient client = _app.GetTestClient();
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public Task<WebSocket> WebSocketAsync(string path, string token)
    {
        WebSocketClient client = _app.GetTestServer().CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Authorization = $"Bearer {token}";
        return client.ConnectAsync(new Uri(_app.GetTestServer().BaseAddress, path), Cancel);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) => Client(token).GetAsync(path, Cancel);

    public async Task<HttpStatusCode> StatusOfAsync(string path, string? token = null) => (await GetAsync(path, token)).StatusCode;

    /// <summary>Asks for a published document, with the tag of a copy if there is one.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? ifNoneMatch = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (ifNoneMatch is not null)
            request.Headers.Add("If-None-Match", ifNoneMatch);
        return Client().SendAsync(request, Cancel);
    }

    public Task<string> GetTextAsync(string path, string? token = null) => Client(token).GetStringAsync(path, Cancel);

    public Task<HealthReport> HealthAsync() => Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel);

    /// <summary>Changes a setting as a file or a vault does while the service runs.</summary>
    public void Change(string setting, string? value)
    {
        var configuration = (IConfigurationRoot)Services.GetRequiredService<IConfiguration>();
        configuration[setting] = value;
        configuration.Reload();
    }

    public Task StopAsync() => _app.StopAsync(Cancel);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
