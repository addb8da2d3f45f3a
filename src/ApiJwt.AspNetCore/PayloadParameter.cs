using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>
/// Lets endpoints take a <see cref="VerifiedPayload"/> as a parameter. One that cannot do without is guarded: a request without a
/// payload is challenged, as if the endpoint asked for authorization in words. One that can writes <c>[FromServices] VerifiedPayload?</c>:
/// a parameter that is only inferred to come from the services is a required one to the framework, whatever its type says.
/// </summary>
internal sealed class PayloadParameter : MatcherPolicy, IEndpointSelectorPolicy
{
    private static readonly RequirePayload Requirement = new();

    // By endpoint, because how its method is declared is not to be asked at every request.
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _guarded = [];

    public override int Order => 0;

    public static VerifiedPayload? Resolve(IServiceProvider provider)
    {
        if (ReferenceEquals(provider, provider.GetRequiredService<RootServices>().Provider))
            throw new InvalidOperationException("A singleton asks for a VerifiedPayload, and would show one caller's to every other. Make it scoped, or ask IHttpContextAccessor for HttpContext.GetVerifiedPayload() at each call.");
        HttpContext? context = provider.GetRequiredService<IHttpContextAccessor>().HttpContext;
        VerifiedPayload? payload = context?.GetVerifiedPayload();
        return payload is null && context?.GetEndpoint() is { } endpoint && (endpoint.Metadata.GetMetadata<RequirePayload>() is not null || IsInferred(endpoint))
            ? throw new InvalidOperationException("The endpoint takes a VerifiedPayload, and the request was let through without one. Where anonymous callers are allowed, write [FromServices] VerifiedPayload? instead.")
            : payload;
    }

    // Where a dynamic route leads is not known before a request is there.
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => ContainsDynamicEndpoints(endpoints) || endpoints.Any(NeedsPayload);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i))
                continue;
            Endpoint endpoint = candidates[i].Endpoint;
            Endpoint guarded = _guarded.GetValue(endpoint, static found => NeedsPayload(found) ? Guard(found) : found);
            if (guarded != endpoint)
                candidates.ReplaceEndpoint(i, guarded, candidates[i].Values);
        }

        return Task.CompletedTask;
    }

    private static Endpoint Guard(Endpoint endpoint)
    {
        var metadata = new EndpointMetadataCollection(endpoint.Metadata.Append(Requirement));
        return endpoint is RouteEndpoint route
            ? new RouteEndpoint(route.RequestDelegate!, route.RoutePattern, route.Order, metadata, route.DisplayName)
            : new Endpoint(endpoint.RequestDelegate, metadata, endpoint.DisplayName);
    }

    private static bool IsInferred(Endpoint endpoint) => endpoint.Metadata.GetMetadata<MethodInfo>() is { } method
        && Array.Exists(method.GetParameters(), parameter =>
            parameter.ParameterType == typeof(VerifiedPayload) && !parameter.GetCustomAttributes().Any(attribute => attribute is IFromServiceMetadata));

    private static bool NeedsPayload(Endpoint endpoint)
    {
        MethodInfo? method = endpoint.Metadata.GetMetadata<MethodInfo>() ?? endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.MethodInfo;
        return method is not null && Array.Exists(method.GetParameters(), IsRequiredPayload);
    }

    private static bool IsRequiredPayload(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(VerifiedPayload)
        && !parameter.IsOptional
        && new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.Nullable;

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class RequirePayload : AuthorizeAttribute, IAuthorizationRequirementData, IAuthorizationRequirement, IAuthorizationHandler
    {
        public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            if (context.User.GetVerifiedPayload() is not null)
                context.Succeed(this);
            return Task.CompletedTask;
        }
    }
}

/// <summary>The services of the application, as opposed to those of one request. Production does not check that scopes are kept apart.</summary>
internal sealed record RootServices(IServiceProvider Provider);
