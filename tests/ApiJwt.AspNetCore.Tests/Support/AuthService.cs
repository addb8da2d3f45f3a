using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore.Support;

/// <summary>An auth service on its own port. It publishes its keys, and fails when a test tells it to.</summary>
public sealed class AuthService : IAsyncDisposable
{
    public const string Elsewhere = "/elsewhere";

    private readonly WebApplication _app;
    private int _fetches;
    private int _visitsElsewhere;

    private AuthService(RsaKeyPair keys, TimeProvider? time)
    {
        Jwt = new HudyaJwt(new ApiJwtOptions { PrivateKey = keys.PrivateKeyPem, TimeProvider = time ?? TimeProvider.System });
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(GuardedApp.WithoutWatchers);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(Jwt);
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            Interlocked.Increment(ref _fetches);
            if (context.Request.Path == Elsewhere)
                Interlocked.Increment(ref _visitsElsewhere);
            if (Answer is { } answer && context.Request.Path != Elsewhere)
                await answer(context);
            else
                await next(context);
        });
        _app.MapJwks<HudyaJwt>();
        _app.MapJwks<HudyaJwt>(Elsewhere);
    }

    public HudyaJwt Jwt { get; }

    /// <summary>The answer to use instead of the key set, or <see langword="null"/> to publish the keys.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    public Uri KeySet { get; private set; } = null!;

    public int Fetches => Volatile.Read(ref _fetches);

    public int VisitsElsewhere => Volatile.Read(ref _visitsElsewhere);

    public static async Task<AuthService> StartAsync(RsaKeyPair keys, TimeProvider? time = null)
    {
        var service = new AuthService(keys, time);
        await service._app.StartAsync(GuardedApp.Cancel);
        service.KeySet = new Uri(service._app.Urls.Single() + "/.well-known/jwks.json");
        return service;
    }

    public string Issue(string key = "support", params string[] scopes) => Jwt.Encode(new TokenRequest { Subject = "ann", Key = key, Scopes = scopes });

    public void Hang() => Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

    public void Say(string text) => Answer = context => context.Response.WriteAsync(text);

    public void Fail(HttpStatusCode status) => Answer = context =>
    {
        context.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    };

    public Task StopAsync() => _app.StopAsync(GuardedApp.Cancel);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
