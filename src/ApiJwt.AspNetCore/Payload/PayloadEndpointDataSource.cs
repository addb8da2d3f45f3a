using ApiJwts.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Shows the guards of endpoints to everything that lists endpoints: API descriptions and audits.</summary>
internal sealed class PayloadEndpointDataSource(EndpointDataSource all, GuardedEndpoints guards) : EndpointDataSource, IDisposable
{
    public override IReadOnlyList<Endpoint> Endpoints => [.. all.Endpoints.Select(guards.Guard)];

    public override IChangeToken GetChangeToken() => all.GetChangeToken();

    public void Dispose() => (all as IDisposable)?.Dispose();
}
