using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Gives controllers the payload of the caller's token wherever MVC binds one: nothing that a caller sends beside the token may become a payload.</summary>
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
