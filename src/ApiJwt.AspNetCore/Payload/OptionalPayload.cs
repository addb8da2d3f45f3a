using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>
/// Finds out whether an endpoint takes an optional payload. The service container does not know whether a service is requested as optional.
/// </summary>
internal static class OptionalPayload
{
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The framework uses these constructors and properties, so trimming keeps them.")]
    public static bool IsTakenBy(Endpoint endpoint)
    {
        ControllerActionDescriptor? action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>();
        ParameterInfo[] ofMethod = (action?.MethodInfo ?? endpoint.Metadata.GetMetadata<MethodInfo>())?.GetParameters() ?? [];
        return Array.Exists(ofMethod, IsOptionalService)
            || ofMethod.Where(parameter => parameter.IsDefined(typeof(AsParametersAttribute))).SelectMany(parameter => parameter.ParameterType.GetProperties())
                .Any(property => property.PropertyType == typeof(VerifiedPayload) && !PayloadGuard.IsRequired(property))
            || action?.ControllerTypeInfo.GetConstructors().SelectMany(constructor => constructor.GetParameters())
                .Any(parameter => parameter.ParameterType == typeof(VerifiedPayload) && parameter.IsOptional) == true;
    }

    private static bool IsOptionalService(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(VerifiedPayload)
        && parameter.GetCustomAttributes().Any(attribute => attribute is IFromServiceMetadata)
        && !PayloadGuard.IsRequired(parameter);
}
