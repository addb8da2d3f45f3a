using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Binds payloads in controllers from the caller's token only. Other data of a request must never become a payload.</summary>
internal sealed class PayloadModelBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(VerifiedPayload) && context.BindingInfo.BindingSource != BindingSource.Services ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        VerifiedPayload? payload = bindingContext.HttpContext.GetVerifiedPayload();
        if (payload is null && !IsOptional(bindingContext))
            throw new InvalidOperationException("There is no VerifiedPayload, because this request was not authenticated with a verified token. Add [Authorize] to the action or the page. Where anonymous callers are allowed, make the parameter or the property nullable, or call HttpContext.GetVerifiedPayload().");
        bindingContext.Result = ModelBindingResult.Success(payload);
        return Task.CompletedTask;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The framework sets these properties, so trimming keeps them.")]
    private static bool IsOptional(ModelBindingContext context) => context.ModelMetadata switch
    {
        { ContainerType: { } container, PropertyName: { } name } => container.GetProperty(name) is { } property && !PayloadGuard.IsRequired(property),
        { ParameterName: { } name } => context.ActionContext.ActionDescriptor.Parameters.OfType<IParameterInfoParameterDescriptor>()
            .Any(parameter => parameter.ParameterInfo.Name == name && !PayloadGuard.IsRequired(parameter.ParameterInfo)),
        _ => false,
    };
}
