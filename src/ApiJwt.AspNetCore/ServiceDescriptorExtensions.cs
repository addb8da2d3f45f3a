using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Makes what a registration describes, for a service that stands in front of it.</summary>
internal static class ServiceDescriptorExtensions
{
    public static object Make(this ServiceDescriptor service, IServiceProvider provider) =>
        service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!);
}
