using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Lets endpoints, controllers and scoped services take the <see cref="VerifiedPayload"/> of the request.</summary>
internal static class PayloadAccess
{
    public static void Register(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(RootServices)))
            return;
        services.AddHttpContextAccessor();
        services.AddSingleton(provider => new RootServices(provider));
        services.AddScoped(provider => Resolve(provider)!);
        services.AddRoutingCore();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PayloadMatcherPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IActionDescriptorProvider, PayloadActionGuard>());
        ServiceDescriptor endpoints = services.Last(service => service.ServiceType == typeof(EndpointDataSource));
        services.Replace(ServiceDescriptor.Singleton<EndpointDataSource>(provider =>
            new PayloadEndpointDataSource((EndpointDataSource)endpoints.ImplementationFactory!(provider))));
    }

    private static VerifiedPayload? Resolve(IServiceProvider provider)
    {
        if (ReferenceEquals(provider, provider.GetRequiredService<RootServices>().Provider))
            throw new InvalidOperationException("A singleton asks for a VerifiedPayload, and would show one caller's to every other. Make it scoped, or ask IHttpContextAccessor for HttpContext.GetVerifiedPayload() at each call.");
        HttpContext? context = provider.GetRequiredService<IHttpContextAccessor>().HttpContext;
        VerifiedPayload? payload = context?.GetVerifiedPayload();
        return payload is null && context?.GetEndpoint() is { } endpoint && PayloadGuard.Expects(endpoint)
            ? throw new InvalidOperationException("The endpoint takes a VerifiedPayload, and the request was let through without one. Where anonymous callers are allowed, write [FromServices] VerifiedPayload? instead.")
            : payload;
    }

    /// <summary>The services of the application, as opposed to those of one request. Production does not check that scopes are kept apart.</summary>
    private sealed record RootServices(IServiceProvider Provider);
}
