using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>Routes requests to the guarded endpoint. The framework has no hook that adds metadata by the types of an endpoint's parameters.</summary>
internal sealed class GuardedMatcherPolicy(GuardedEndpoints guards) : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    // The target of a dynamic endpoint is known only at the request.
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        ContainsDynamicEndpoints(endpoints) || endpoints.Any(endpoint => guards.Guard(endpoint) != endpoint);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && guards.Guard(candidates[i].Endpoint) is var guarded && guarded != candidates[i].Endpoint)
                candidates.ReplaceEndpoint(i, guarded, candidates[i].Values);
        }

        return Task.CompletedTask;
    }
}
