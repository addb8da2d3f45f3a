using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Adds the guard to controller actions that take a payload, before the framework creates endpoints from them.</summary>
internal sealed class PayloadActionGuard : IActionDescriptorProvider
{
    // After the provider of the framework, whose order is -1000.
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
