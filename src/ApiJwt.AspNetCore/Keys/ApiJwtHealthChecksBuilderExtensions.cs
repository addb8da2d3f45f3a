using ApiJwts.AspNetCore.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiJwts.AspNetCore;

/// <summary>Adds the state of the keys and of the list of revoked tokens to the health checks of an application.</summary>
public static class ApiJwtHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a readiness check. It is unhealthy while there is no key to verify tokens with, or while a list of revoked tokens was never
    /// loaded. It is degraded while the key set of <see cref="ApiJwtOptions.JwksUri"/> or a list of revoked tokens cannot be fetched or is
    /// outdated, or while a changed key file cannot be used.
    /// </summary>
    /// <typeparam name="T">The class that <see cref="ApiJwtServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">The name of the check; the name of the class by default.</param>
    /// <param name="failureStatus">The status to report in place of unhealthy; <see cref="HealthStatus.Unhealthy"/> by default.</param>
    /// <param name="tags">Tags to select the check by, such as <c>ready</c>.</param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IHealthChecksBuilder AddApiJwt<T>(
        this IHealthChecksBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? typeof(T).Name, provider => new KeyHealthCheck<T>(provider.GetRequiredService<T>()), failureStatus, tags));
    }
}
