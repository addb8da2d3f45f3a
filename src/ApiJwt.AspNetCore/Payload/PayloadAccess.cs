using ApiJwts.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Lets endpoints, controllers, methods of hubs and scoped services take the <see cref="VerifiedPayload"/> of the caller.</summary>
internal static class PayloadAccess
{
    public static void Register(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(provider => new RootServices(provider));
        // Transient: another scheme may be authenticated in the course of a request.
        services.AddTransient(provider => Resolve(provider)!);
        services.AddRoutingCore();
        services.AddSingleton<GuardedEndpoints>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PayloadMatcherPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IActionDescriptorProvider, PayloadActionGuard>());
        ServiceDescriptor endpoints = services.Last(service => service.ServiceType == typeof(EndpointDataSource));
        services.Replace(ServiceDescriptor.Singleton<EndpointDataSource>(provider => new PayloadEndpointDataSource((EndpointDataSource)endpoints.Make(provider), provider.GetRequiredService<GuardedEndpoints>())));
        services.Configure<MvcOptions>(options => options.ModelBinderProviders.Insert(0, new PayloadModelBinder()));
        services.AddScoped<HubCall>();
        // An activator of the application's own stays.
        if (!services.Any(service => service.ServiceType == typeof(IHubActivator<>) && service.ImplementationType?.Assembly != typeof(Hub).Assembly))
            services.AddScoped(typeof(IHubActivator<>), typeof(PayloadHubActivator<>));
    }

    private static VerifiedPayload? Resolve(IServiceProvider provider)
    {
        if (ReferenceEquals(provider, provider.GetRequiredService<RootServices>().Provider))
            throw new InvalidOperationException("A singleton asks for a VerifiedPayload, and would show one caller's to every other. Make it scoped, or ask IHttpContextAccessor for HttpContext.GetVerifiedPayload() at each call.");
        if (provider.GetRequiredService<HubCall>() is { IsUnderWay: true } call)
            return call.Hub?.Context?.User?.GetVerifiedPayload() ?? throw new InvalidOperationException("There is no VerifiedPayload. Let a method of the hub take it, and not its constructor, which does not know the caller yet. Put [Authorize] on the hub or on the method, so that every caller has one.");
        HttpContext context = provider.GetRequiredService<IHttpContextAccessor>().HttpContext
            ?? throw new InvalidOperationException("There is no VerifiedPayload outside of a request: in a background task, in a scope of its own, or at start, when FastEndpoints calls the constructors of its endpoints. Pass the payload as an argument, or ask HttpContext.GetVerifiedPayload() in the handler.");
        if (context.GetVerifiedPayload() is { } payload)
            return payload;
        Endpoint? endpoint = context.GetEndpoint();
        // The dependency injection does not tell whether it was asked for a payload that may be missing: the endpoint does.
        return endpoint is not null && OptionalPayload.IsTakenBy(endpoint) ? null : throw new InvalidOperationException(
            endpoint is not null && PayloadGuard.Expects(endpoint)
                ? "There is no VerifiedPayload: the endpoint takes one, and the request was let through without. Put RequireAuthorization or [Authorize] on the endpoint. Where anonymous callers are allowed, write [FromServices] VerifiedPayload? instead, or ask HttpContext.GetVerifiedPayload()."
                : "There is no VerifiedPayload, because this request was not authenticated with a verified token. Put RequireAuthorization or [Authorize] on the endpoint. Where anonymous callers are allowed, and in a middleware, ask HttpContext.GetVerifiedPayload() after authentication.");
    }

    /// <summary>The services of the application, as opposed to those of one request. Production does not check that scopes are kept apart.</summary>
    private sealed record RootServices(IServiceProvider Provider);
}
