using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Redis.Support;

/// <summary>A service that shares its list of revoked tokens. All services have the same private key, so each can issue and verify.</summary>
internal sealed class Member : IAsyncDisposable
{
    private readonly IHost _host;

    private Member(IHost host, LogLines log)
    {
        _host = host;
        Log = log;
        Jwt = host.Services.GetRequiredService<SessionJwt>();
    }

    public SessionJwt Jwt { get; }

    public LogLines Log { get; }

    public RevocationSource Redis => Jwt.Revocations.Sources.Single();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<Member> StartAsync(RedisServer redis) => StartAsync(services => services.AddApiJwtRedis<SessionJwt>(redis.Connection));

    public static async Task<Member> StartAsync(Action<IServiceCollection> share)
    {
        var log = new LogLines();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(provider =>
            new SessionJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, LoggerFactory = provider.GetRequiredService<ILoggerFactory>() }));
        share(builder.Services);
        IHost host = builder.Build();
        await host.StartAsync(Cancel);
        return new Member(host, log);
    }

    public IssuedToken Issue(string subject = "ann") => Jwt.Issue(new TokenRequest { Subject = subject });

    public void Revoke(IssuedToken token) => Jwt.Revocations.RevokeToken(token.TokenId!, token.ExpiresAt);

    public TokenFailure FailureOf(IssuedToken token) => Jwt.Decode(token.Text).Failure;

    /// <summary>Waits until the service refuses the token as revoked.</summary>
    public Task RefusesAsync(IssuedToken token) => Soon.ItIsTrueAsync(() => FailureOf(token) == TokenFailure.Revoked);

    /// <summary>Stops the service as a deployment does, so that pending work is finished.</summary>
    public Task StopAsync() => _host.StopAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
