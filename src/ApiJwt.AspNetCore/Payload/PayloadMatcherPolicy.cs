using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Routes requests to the guarded endpoint: the framework has no hook for the metadata of an endpoint by its parameters' types.</summary>
internal sealed class PayloadMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    // By endpoint, because how its method is declared is not to be asked at every request.
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _guarded = [];

    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => PayloadGuard.Guard(endpoint) != endpoint);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            Endpoint guarded = _guarded.GetValue(candidates[i].Endpoint, PayloadGuard.Guard);
            if (candidates.IsValidCandidate(i) && guarded != candidates[i].Endpoint)
                candidates.ReplaceEndpoint(i, guarded, candidates[i].Values);
        }

        return Task.CompletedTask;
    }
}
