using ApiJwts.AspNetCore.Revoking;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>Reports whether <typeparamref name="T"/> has keys to verify tokens with, and whether they are up to date.</summary>
internal sealed class KeyHealthCheck<T>(T jwt) : IHealthCheck
    where T : ApiJwt
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(RevocationHealth.With(Check(context.Registration.FailureStatus), jwt.Revocations, context.Registration.FailureStatus));

    private HealthCheckResult Check(HealthStatus failureStatus)
    {
        KeyFetchStatus? fetch = jwt.Keys.FetchStatus;
        IReadOnlyList<string> keyIds = jwt.Keys.KeyIds;
        if (keyIds.Count == 0)
            return new HealthCheckResult(failureStatus, fetch is null ? "There is no key to verify tokens with." : $"There is no key to verify tokens with. {Describe(fetch)}");
        if (jwt.Keys.FileStatus is { Fault: not null } files)
            return HealthCheckResult.Degraded($"{files.Fault} The keys that were read at {files.LastRead:u} stay in use.");
        return fetch is { Fault: not null } or { IsOutdated: true }
            ? HealthCheckResult.Degraded(Describe(fetch))
            : HealthCheckResult.Healthy($"Key ids that verify tokens: {string.Join(", ", keyIds)}.");
    }

    private static string Describe(KeyFetchStatus fetch) =>
        $"The key set at {fetch.Address} {fetch.Fault ?? "was not fetched"}{(fetch.LastFetched is { } last ? $"; it was last fetched at {last:u}" : "")}.";
}
