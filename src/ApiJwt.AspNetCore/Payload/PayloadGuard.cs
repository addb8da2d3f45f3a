using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>
/// Guards an endpoint whose method takes a <see cref="VerifiedPayload"/>: a request without one is challenged, as if the endpoint asked
/// for authorization itself.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PayloadGuard : AuthorizeAttribute, IAuthorizationRequirementData
{
    private static readonly VerifiedPayloadRequirement Requirement = new();

    public static PayloadGuard Instance { get; } = new();

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [Requirement];

    /// <summary>Whether an action cannot be called without a payload, or its controller cannot be made without one.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The framework makes controllers with these constructors, so that they are there.")]
    public static bool IsNeededBy(ControllerActionDescriptor action) =>
        IsNeededBy(action.MethodInfo) || Array.Exists(action.ControllerTypeInfo.GetConstructors(), IsNeededBy);

    /// <summary>
    /// Whether an endpoint expects a payload. A parameter that is only inferred to come from the services is a required one to the
    /// framework, whatever its type says.
    /// </summary>
    public static bool Expects(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PayloadGuard>() is not null
        || (endpoint.Metadata.GetMetadata<MethodInfo>() is { } method && Array.Exists(method.GetParameters(), parameter =>
            parameter.ParameterType == typeof(VerifiedPayload) && !parameter.GetCustomAttributes().Any(attribute => attribute is IFromServiceMetadata)));

    /// <summary>The endpoint with the guard in its metadata, if its method needs one and it has none yet.</summary>
    public static Endpoint Guard(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<MethodInfo>() is not { } method || !IsNeededBy(method) || endpoint.Metadata.GetMetadata<PayloadGuard>() is not null)
            return endpoint;
        var metadata = new EndpointMetadataCollection(endpoint.Metadata.Append(Instance));
        return endpoint is RouteEndpoint route
            ? new RouteEndpoint(route.RequestDelegate!, route.RoutePattern, route.Order, metadata, route.DisplayName)
            : new Endpoint(endpoint.RequestDelegate, metadata, endpoint.DisplayName);
    }

    private static bool IsNeededBy(MethodBase method) => Array.Exists(method.GetParameters(), parameter => parameter.IsDefined(typeof(AsParametersAttribute))
        ? IsNeededByPropertiesOf(parameter.ParameterType)
        : parameter.ParameterType == typeof(VerifiedPayload) && !parameter.IsOptional && IsRequired(new NullabilityInfoContext().Create(parameter)));

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The framework sets these properties, so that they are there.")]
    private static bool IsNeededByPropertiesOf(Type parameters) => Array.Exists(
        parameters.GetProperties(), property => property.PropertyType == typeof(VerifiedPayload) && IsRequired(new NullabilityInfoContext().Create(property)));

    private static bool IsRequired(NullabilityInfo value) => value.ReadState != NullabilityState.Nullable;
}
