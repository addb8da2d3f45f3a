using System.Runtime.CompilerServices;
using ApiJwts.AspNetCore.Payload;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>
/// Adds the guards that follow from the method and the metadata of an endpoint. Throws for an endpoint whose guard is switched off.
/// </summary>
internal sealed class GuardedEndpoints(IOptions<AuthorizationOptions> policies)
{
    // The results are kept, because reflection at every request would be slow.
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _guarded = [];

    /// <summary>Returns the endpoint with its guards; the same object if there is nothing to add.</summary>
    /// <exception cref="InvalidOperationException">The endpoint has a guard of this package and allows anonymous callers.</exception>
    public Endpoint Guard(Endpoint endpoint) => _guarded.GetValue(endpoint, Make);

    public EndpointAuthorization AuthorizationOf(Endpoint endpoint) => new(endpoint.Metadata, policies.Value);

    private Endpoint Make(Endpoint endpoint)
    {
        var added = new List<object>();
        if (PayloadGuard.IsMissingFrom(endpoint))
            added.Add(PayloadGuard.Instance);
        var authorization = new EndpointAuthorization(new EndpointMetadataCollection(endpoint.Metadata.Concat(added)), policies.Value);
        if (authorization is { AllowsAnonymous: true, IsGuarded: true })
            throw new InvalidOperationException(ContradictionOf(endpoint, authorization));
        if (authorization is { IsGuarded: true, Schemes.Count: > 0 } && endpoint.Metadata.GetMetadata<SchemeRequirement>() is null)
            added.Add(new SchemeRequirement(authorization.Schemes));
        bool isMisread = PayloadGuard.IsReadFromRequest(endpoint);
        if (added.Count == 0 && !isMisread)
            return endpoint;
        var metadata = new EndpointMetadataCollection(endpoint.Metadata.Concat(added));
        RequestDelegate? answer = isMisread ? _ => throw new InvalidOperationException(MisreadingOf(endpoint)) : endpoint.RequestDelegate;
        return endpoint is RouteEndpoint route
            ? new RouteEndpoint(answer!, route.RoutePattern, route.Order, metadata, route.DisplayName)
            : new Endpoint(answer, metadata, endpoint.DisplayName);
    }

    private static string MisreadingOf(Endpoint endpoint) =>
        $"The endpoint {endpoint.DisplayName} binds a VerifiedPayload from the request, but a VerifiedPayload comes only from the token. Declare it as a separate parameter, without [FromForm], [FromBody], [FromQuery] or a similar attribute.";

    private static string ContradictionOf(Endpoint endpoint, EndpointAuthorization authorization)
    {
        string guards = string.Join(" and ", authorization.Requirements.Select(requirement => $"requires {requirement}").Concat(authorization.TakesPayload ? ["takes a VerifiedPayload"] : []).Distinct());
        string advice = authorization.TakesPayload ? " An endpoint for anonymous callers can take [FromServices] VerifiedPayload? instead." : "";
        return $"The endpoint {endpoint.DisplayName} {guards}, but AllowAnonymous on the endpoint, its group, its controller or its hub would switch this off. Remove one of the two. To open one endpoint of a guarded group or controller, move it out of the group or controller.{advice}";
    }
}
