using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Guards the actions of controllers that take a payload, before endpoints are made of them.</summary>
internal sealed class PayloadActionGuard : IActionDescriptorProvider
{
    // After the framework's own provider, which has -1000.
    public int Order => 0;

    public void OnProvidersExecuting(ActionDescriptorProviderContext context)
    {
        foreach (ControllerActionDescriptor action in context.Results.OfType<ControllerActionDescriptor>().Where(PayloadGuard.IsNeededBy))
            action.EndpointMetadata.Add(PayloadGuard.Instance);
    }

    public void OnProvidersExecuted(ActionDescriptorProviderContext context)
    {
    }
}
