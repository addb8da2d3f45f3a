namespace Hudya.Tests.Redis.Support;

/// <summary>Two auth services with one key, three APIs and a Redis without persistence, each in its own process.</summary>
internal sealed class Landscape : IAsyncDisposable
{
    /// <summary>Without a fault, every API knows of a revocation after this time.</summary>
    public static readonly TimeSpan Promise = TimeSpan.FromSeconds(1);

    /// <summary>After Redis is back, every API knows after this time of a revocation that was made during the fault.</summary>
    public static readonly TimeSpan PromiseAfterFault = TimeSpan.FromSeconds(5);

    private readonly long _begin = TimeProvider.System.GetTimestamp();
    private TimeSpan _down = TimeSpan.MaxValue;
    private TimeSpan _up = TimeSpan.MaxValue - PromiseAfterFault;
    private (Service Auth, TimeSpan At)? _killed;

    private Landscape(RedisServer redis, Service[] auths, Service[] apis)
    {
        Redis = redis;
        Auths = auths;
        Apis = apis;
    }

    public RedisServer Redis { get; }

    /// <summary>The auth services that run. The first one is killed during the run.</summary>
    public IReadOnlyList<Service> Auths { get; private set; }

    public IReadOnlyList<Service> Apis { get; }

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_begin);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Landscape> StartAsync()
    {
        RedisServer redis = await RedisServer.StartAsync();
        string[] settings =
        [
            $"--Redis={redis.Connection}", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
        ];
        string[] authSettings = [.. settings, $"--Jwt:PrivateKey={TestKeys.Ours.PrivateKeyForEnvironment}"];
        string[] apiSettings = [.. settings, $"--Jwt:PublicKeys={TestKeys.Ours.PublicKeyForEnvironment}"];
        return new Landscape(
            redis,
            [await Service.StartAsync("ApiJwt.Demo.Auth", authSettings), await Service.StartAsync("ApiJwt.Demo.Auth", authSettings)],
            [await Service.StartAsync("ApiJwt.Demo.Api", apiSettings), await Service.StartAsync("ApiJwt.Demo.Api", apiSettings), await Service.StartAsync("ApiJwt.Demo.Api", apiSettings)]);
    }

    /// <summary>Kills Redis, and starts it again without its data.</summary>
    public async Task LoseRedisAsync(TimeSpan downtime)
    {
        _down = Now;
        await Redis.KillAsync();
        await Task.Delay(downtime, Cancel);
        await Redis.StartAsync();
        _up = Now;
    }

    public async Task LoseAuthServiceAsync()
    {
        Service lost = Auths[0];
        Auths = [Auths[1]];
        _killed = (lost, Now);
        await lost.DisposeAsync();
    }

    /// <summary>The time at which every API must know of a confirmed revocation, as the README promises, or <see langword="null"/> without a promise.</summary>
    public TimeSpan? DeadlineOf(TimeSpan answered, Service auth)
    {
        // The last revocations of a service that is killed may be lost.
        if (_killed is { } killed && auth == killed.Auth && answered + Promise > killed.At)
            return null;
        TimeSpan known = answered + Promise;
        return IsAroundFault(answered) && _up + PromiseAfterFault is var back && back > known ? back : known;
    }

    public bool IsAroundFault(TimeSpan answered) => answered + Promise > _down && answered < _up + PromiseAfterFault;

    /// <summary>The delay since the confirmation, or since Redis was back if that was later.</summary>
    public TimeSpan DelayOf(TimeSpan answered, TimeSpan sent) => sent - (IsAroundFault(answered) && _up > answered ? _up : answered);

    public async ValueTask DisposeAsync()
    {
        foreach (Service service in Auths.Concat(Apis))
            await service.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
