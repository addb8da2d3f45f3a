using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiJwts.AspNetCore.Revoking;

/// <summary>How fresh the list of withdrawn tokens is.</summary>
internal static class RevocationHealth
{
    /// <summary>Another result with what is wrong with the sources of the list added to it, if anything is.</summary>
    public static HealthCheckResult With(HealthCheckResult keys, RevocationList list, HealthStatus failureStatus)
    {
        RevocationSource[] unwell = [.. list.Sources.Where(source => source.LastLoaded is null || source.Fault is not null || source.IsOutdated)];
        if (unwell.Length == 0)
            return keys;
        HealthStatus status = Array.Exists(unwell, source => source.LastLoaded is null) ? failureStatus : HealthStatus.Degraded;
        // The lower, the worse.
        return new HealthCheckResult(status < keys.Status ? status : keys.Status, string.Join(' ', unwell.Select(Describe).Prepend(keys.Description)));
    }

    private static string Describe(RevocationSource source) =>
        $"The list of withdrawn tokens is not up to date: {source.Name} {source.Fault ?? "was not heard of"}{(source.LastLoaded is { } last ? $"; it was last heard of at {last:u}" : "")}.";
}
