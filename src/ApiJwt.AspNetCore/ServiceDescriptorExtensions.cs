using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Creates the service that a registration describes, for a service that wraps it.</summary>
internal static class ServiceDescriptorExtensions
{
    public static object Make(this ServiceDescriptor service, IServiceProvider provider) =>
        service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!);
}
