using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Binds payloads in controllers from the caller's token only. Other data of a request must never become a payload.</summary>
internal sealed class PayloadModelBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(VerifiedPayload) && context.BindingInfo.BindingSource != BindingSource.Services ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        bindingContext.Result = ModelBindingResult.Success(bindingContext.HttpContext.GetVerifiedPayload());
        return Task.CompletedTask;
    }
}
