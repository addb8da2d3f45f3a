using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Shows the guards of endpoints that take a payload to everything that lists endpoints: API descriptions and audits.</summary>
internal sealed class PayloadEndpointDataSource(EndpointDataSource all) : EndpointDataSource, IDisposable
{
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _guarded = [];

    public override IReadOnlyList<Endpoint> Endpoints => [.. all.Endpoints.Select(endpoint => _guarded.GetValue(endpoint, PayloadGuard.Guard))];

    public override IChangeToken GetChangeToken() => all.GetChangeToken();

    public void Dispose() => (all as IDisposable)?.Dispose();
}
