using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiJwts.AspNetCore.Revoking;

/// <summary>Adds the state of the list of revoked tokens to the health check.</summary>
internal static class RevocationHealth
{
    /// <summary>Combines the result for the keys with the state of the list's sources.</summary>
    public static HealthCheckResult With(HealthCheckResult keys, RevocationList list, HealthStatus failureStatus)
    {
        RevocationSource[] unwell = [.. list.Sources.Where(source => source.LastLoaded is null || source.Fault is not null || source.IsOutdated)];
        if (unwell.Length == 0)
            return keys;
        HealthStatus status = Array.Exists(unwell, source => source.LastLoaded is null) ? failureStatus : HealthStatus.Degraded;
        // A lower value is a worse status.
        return new HealthCheckResult(status < keys.Status ? status : keys.Status, string.Join(' ', unwell.Select(Describe).Prepend(keys.Description)));
    }

    private static string Describe(RevocationSource source) =>
        $"The list of revoked tokens is not up to date: {source.Name} {source.Fault ?? "was not loaded"}{(source.LastLoaded is { } last ? $"; it was last loaded at {last:u}" : "")}.";
}
