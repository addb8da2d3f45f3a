using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ApiJwts.Redis;

/// <summary>Shares the list of revoked tokens through Redis.</summary>
public static class ApiJwtRedisServiceCollectionExtensions
{
    /// <summary>
    /// Shares <see cref="ApiJwt.Revocations"/> of <typeparamref name="T"/> with every service that calls this for a class of the same name, the
    /// same Redis and the same instance name. Until Redis has answered once, tokens are refused as <see cref="TokenFailure.RevocationsUnavailable"/>.
    /// </summary>
    /// <typeparam name="T">Your class, which is registered as a singleton.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="connection">
    /// The connection string of StackExchange.Redis, such as <c>redis.example.com:6380,ssl=true,password=...</c>. If Redis is down, the
    /// connection is tried every second.
    /// </param>
    /// <param name="instanceName">
    /// The text that the keys and the channel in Redis begin with, such as <c>shop-staging:</c>; <see langword="null"/> by default. If several
    /// products or environments use one Redis, give each its own name. Otherwise services with a class of the same name revoke each other's
    /// tokens.
    /// </param>
    /// <returns>The same services, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="connection"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="connection"/> is not a valid connection string, which the message does not repeat, or <paramref name="instanceName"/> is
    /// empty or consists of white space.
    /// </exception>
    /// <exception cref="InvalidOperationException">The list of <typeparamref name="T"/> is already shared.</exception>
    public static IServiceCollection AddApiJwtRedis<T>(this IServiceCollection services, string connection, string? instanceName = null)
        where T : ApiJwt
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        ConfigurationOptions options = Parse(connection);
        return services.AddApiJwtRedis<T>(async _ => await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false), isOwned: true, instanceName);
    }

    /// <summary>Shares the list like the other overload, through a connection that the application also uses for other purposes.</summary>
    /// <inheritdoc cref="AddApiJwtRedis{T}(IServiceCollection, string, string?)" path="/typeparam"/>
    /// <param name="services">The services.</param>
    /// <param name="connection">
    /// Returns the connection, which is not disposed. Create it with <c>abortConnect=false</c>. Its own settings decide how soon it returns
    /// after a fault.
    /// </param>
    /// <param name="instanceName">The text that the keys and the channel in Redis begin with, as in the other overload.</param>
    /// <returns>The same services, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="connection"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="instanceName"/> is empty or consists of white space.</exception>
    /// <exception cref="InvalidOperationException">The list of <typeparamref name="T"/> is already shared.</exception>
    public static IServiceCollection AddApiJwtRedis<T>(
        this IServiceCollection services, Func<IServiceProvider, IConnectionMultiplexer> connection, string? instanceName = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(connection);
        return services.AddApiJwtRedis<T>(provider => Task.FromResult(connection(provider)), isOwned: false, instanceName);
    }

    private static IServiceCollection AddApiJwtRedis<T>(
        this IServiceCollection services, Func<IServiceProvider, Task<IConnectionMultiplexer>> connect, bool isOwned, string? instanceName)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(services);
        // An empty name is probably a missing setting, and would share the list with other products.
        if (instanceName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(instanceName);
        if (services.Any(service => service.ServiceType == typeof(RedisFollower<T>)))
            throw new InvalidOperationException($"The revoked tokens of {typeof(T).Name} are already shared. Call AddApiJwtRedis<{typeof(T).Name}> once.");
        services.AddSingleton(provider => new RedisFollower<T>(
            provider.GetService<T>() ?? throw new InvalidOperationException($"{typeof(T).Name} is not registered. Call services.AddApiJwt<{typeof(T).Name}>(\"Jwt\") as well, or add it as a singleton."),
            () => connect(provider),
            isOwned,
            instanceName,
            provider.GetService<ILogger<RedisFollower<T>>>()));
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RedisFollower<T>>());
    }

    private static ConfigurationOptions Parse(string connection)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(connection);
        }
        // The inner exception may repeat a part of the text with the password, so it is left out.
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new ArgumentException("This is not a connection string of StackExchange.Redis, such as 'redis.example.com:6380,ssl=true,password=...'. It contains an unknown option, or an option with an invalid value.", nameof(connection));
        }

        if (options.EndPoints.Count == 0)
            throw new ArgumentException("The connection string names no server. Begin it with a server, such as 'localhost:6379'.", nameof(connection));
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ReconnectRetryPolicy = new LinearRetry(1000);
        // The next pass tries again, so commands need not wait in a queue.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        return options;
    }
}
