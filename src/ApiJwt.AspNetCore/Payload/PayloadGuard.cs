using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>
/// Guards an endpoint whose method takes a <see cref="VerifiedPayload"/>. A request without a payload is challenged, as with
/// <c>RequireAuthorization</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PayloadGuard : AuthorizeAttribute, IAuthorizationRequirementData
{
    private static readonly VerifiedPayloadRequirement Requirement = new();

    public static PayloadGuard Instance { get; } = new();

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [Requirement];

    /// <summary>Whether an action, one of its models, a bound property or the constructor of its controller requires a payload.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The framework calls these constructors, so trimming keeps them.")]
    public static bool IsNeededBy(ControllerActionDescriptor action) =>
        IsNeededBy(action.MethodInfo)
        || action.BoundProperties.OfType<ControllerBoundPropertyDescriptor>().Any(bound => bound.ParameterType == typeof(VerifiedPayload) && IsRequired(bound.PropertyInfo))
        || action.Parameters.Any(parameter => parameter.BindingInfo?.BindingSource?.IsFromRequest != false && !typeof(IEnumerable).IsAssignableFrom(parameter.ParameterType) && IsNeededByPropertiesOf(parameter.ParameterType))
        || Array.Exists(action.ControllerTypeInfo.GetConstructors(), IsNeededBy);

    public static bool IsRequired(ParameterInfo parameter) => !parameter.IsOptional && new NullabilityInfoContext().Create(parameter).ReadState != NullabilityState.Nullable;

    public static bool IsRequired(PropertyInfo property) => new NullabilityInfoContext().Create(property).ReadState != NullabilityState.Nullable;

    /// <summary>
    /// Whether an endpoint expects a payload. If the framework only infers that a parameter comes from the services, it treats the parameter as
    /// required, even if its type is nullable.
    /// </summary>
    public static bool Expects(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PayloadGuard>() is not null
        || (endpoint.Metadata.GetMetadata<MethodInfo>() is { } method && Array.Exists(method.GetParameters(), parameter =>
            parameter.ParameterType == typeof(VerifiedPayload) && !parameter.GetCustomAttributes().Any(attribute => attribute is IFromServiceMetadata)));

    /// <summary>Whether the method of an endpoint requires the guard, and the endpoint does not have it yet.</summary>
    public static bool IsMissingFrom(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>() is { } method && IsNeededBy(method) && endpoint.Metadata.GetMetadata<PayloadGuard>() is null;

    /// <summary>Whether the method of an endpoint binds a payload from the request. Payloads come only from tokens.</summary>
    public static bool IsReadFromRequest(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>() is { } method && Array.Exists(method.GetParameters(), IsReadFromRequest);

    private static bool IsReadFromRequest(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().Any(attribute => attribute is IFromFormMetadata or IFromBodyMetadata or IFromQueryMetadata or IFromHeaderMetadata or IFromRouteMetadata)
        && (parameter.ParameterType == typeof(VerifiedPayload) || IsNeededByPropertiesOf(parameter.ParameterType));

    private static bool IsNeededBy(MethodBase method) => Array.Exists(method.GetParameters(), parameter =>
        parameter.IsDefined(typeof(AsParametersAttribute)) ? IsNeededByPropertiesOf(parameter.ParameterType)
        : IsReadFromRequest(parameter) || (parameter.ParameterType == typeof(VerifiedPayload) && IsRequired(parameter)));

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The framework sets these properties, so trimming keeps them.")]
    private static bool IsNeededByPropertiesOf(Type parameters) => Array.Exists(
        parameters.GetProperties(), property => property.PropertyType == typeof(VerifiedPayload) && IsRequired(property));
}
