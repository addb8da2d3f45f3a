using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>Adds the guards to the endpoints that API descriptions and audits list.</summary>
internal sealed class GuardedEndpointDataSource(EndpointDataSource all, GuardedEndpoints guards) : EndpointDataSource, IDisposable
{
    public override IReadOnlyList<Endpoint> Endpoints => [.. all.Endpoints.Select(guards.Guard)];

    public override IChangeToken GetChangeToken() => all.GetChangeToken();

    public void Dispose() => (all as IDisposable)?.Dispose();
}
