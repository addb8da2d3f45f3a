using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore.Support;

/// <summary>A service on an in-memory server, as a user would write it. Its settings have the public key of <see cref="TestKeys.Ours"/>.</summary>
public sealed class GuardedApp : IAsyncDisposable
{
    // The tests start hundreds of apps, and the system limits the number of watched files.
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

    /// <summary>The address of the app, if it runs on a real server.</summary>
    public string Address => Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string Issue(string key = "support", double? level = null, params string[] scopes) =>
        AuthService.Encode(new TokenRequest { Subject = "ann", Key = key, Level = level, Scopes = scopes });

    public static Task<GuardedApp> StartAsync(Action<WebApplication> endpoints, Action<WebApplicationBuilder>? services = null) =>
        StartAsync([("PublicKeys:0", TestKeys.Ours.PublicKeyPem)], endpoints, services);

    /// <summary>Starts an app with these settings instead of the public key.</summary>
    public static Task<GuardedApp> StartAsync((string Name, string? Value)[] settings, Action<WebApplication> endpoints, Action<WebApplicationBuilder>? services = null) =>
        StartBareAsync(endpoints, builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Jwt:{setting.Name}", setting.Value)));
            builder.Services.AddApiJwt<HudyaJwt>("Jwt");
            builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
            builder.Services.AddAuthorization();
            services?.Invoke(builder);
        });

    /// <summary>Starts an app whose only scheme verifies with this class, which is configured in code.</summary>
    public static Task<GuardedApp> StartAsync<T>(
        Action<WebApplication> endpoints, Action<ApiJwtOptions> configure, Action<WebApplicationBuilder>? services = null, Action<JwtBearerOptions>? scheme = null)
        where T : ApiJwt => StartBareAsync(endpoints, builder =>
        {
            services?.Invoke(builder);
            builder.Services.AddApiJwt<T>(configure);
            builder.Services.AddAuthentication().AddApiJwt<T>(scheme);
            builder.Services.AddAuthorization();
        });

    /// <summary>Starts an app with only the given settings and registrations.</summary>
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

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) => Client(token).GetAsync(path, Cancel);

    public async Task<HttpStatusCode> StatusOfAsync(string path, string? token = null) => (await GetAsync(path, token)).StatusCode;

    /// <summary>Requests a published document. The tag of a copy can be given.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? ifNoneMatch = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (ifNoneMatch is not null)
            request.Headers.Add("If-None-Match", ifNoneMatch);
        return Client().SendAsync(request, Cancel);
    }

    public Task<string> GetTextAsync(string path, string? token = null) => Client(token).GetStringAsync(path, Cancel);

    public Task<HealthReport> HealthAsync() => Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel);

    /// <summary>Changes a setting of the last source while the service runs, as a file or a vault would.</summary>
    public void Change(string setting, string? value)
    {
        var configuration = (IConfigurationRoot)Services.GetRequiredService<IConfiguration>();
        configuration.Providers.Last().Set(setting, value);
        configuration.Reload();
    }

    public Task StopAsync() => _app.StopAsync(Cancel);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
