using ApiJwts.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApiJwts.AspNetCore.Payload;

/// <summary>Lets endpoints, controllers, hub methods and scoped services take the <see cref="VerifiedPayload"/> of the caller.</summary>
internal static class PayloadAccess
{
    public static void Register(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(provider => new RootServices(provider));
        // Transient, because another scheme may authenticate the caller during a request.
        services.AddTransient(provider => Resolve(provider)!);
        services.AddRoutingCore();
        services.AddSingleton<GuardedEndpoints>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, GuardedMatcherPolicy>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IActionDescriptorProvider, PayloadActionGuard>());
        ServiceDescriptor endpoints = services.Last(service => service.ServiceType == typeof(EndpointDataSource));
        services.Replace(ServiceDescriptor.Singleton<EndpointDataSource>(provider => new GuardedEndpointDataSource((EndpointDataSource)endpoints.Make(provider), provider.GetRequiredService<GuardedEndpoints>())));
        services.Configure<MvcOptions>(options => options.ModelBinderProviders.Insert(0, new PayloadModelBinder()));
        services.AddScoped<HubCall>();
        // An activator of the application takes precedence.
        if (!services.Any(service => service.ServiceType == typeof(IHubActivator<>) && service.ImplementationType?.Assembly != typeof(Hub).Assembly))
            services.AddScoped(typeof(IHubActivator<>), typeof(PayloadHubActivator<>));
    }

    private static VerifiedPayload? Resolve(IServiceProvider provider)
    {
        if (ReferenceEquals(provider, provider.GetRequiredService<RootServices>().Provider))
            throw new InvalidOperationException("A singleton takes a VerifiedPayload, and would use the payload of one caller for all others. Register it as scoped, or call HttpContext.GetVerifiedPayload() for each request with an IHttpContextAccessor.");
        if (provider.GetRequiredService<HubCall>() is { IsUnderWay: true } call)
            return call.Hub?.Context?.User?.GetVerifiedPayload() ?? throw new InvalidOperationException("There is no VerifiedPayload. Take it in a method of the hub and not in its constructor, where the caller is not known yet. Add [Authorize] to the hub or the method, so that every caller has a payload.");
        HttpContext context = provider.GetRequiredService<IHttpContextAccessor>().HttpContext
            ?? throw new InvalidOperationException("There is no VerifiedPayload outside of a request, such as in a background task, in a service scope that the application created, or at start, when FastEndpoints calls the constructors of its endpoints. Pass the payload as an argument, or call HttpContext.GetVerifiedPayload() in the handler.");
        if (context.GetVerifiedPayload() is { } payload)
            return payload;
        Endpoint? endpoint = context.GetEndpoint();
        // The service container does not know whether the payload is optional. The endpoint does.
        return endpoint is not null && OptionalPayload.IsTakenBy(endpoint) ? null : throw new InvalidOperationException(
            endpoint is not null && PayloadGuard.Expects(endpoint)
                ? "There is no VerifiedPayload: the endpoint takes one, but nothing required a verified token. Add RequireAuthorization or [Authorize] to the endpoint. Where anonymous callers are allowed, declare [FromServices] VerifiedPayload? instead, or call HttpContext.GetVerifiedPayload()."
                : "There is no VerifiedPayload, because this request was not authenticated with a verified token. Add RequireAuthorization or [Authorize] to the endpoint. Where anonymous callers are allowed, and in a middleware, call HttpContext.GetVerifiedPayload() after authentication.");
    }

    /// <summary>The root service provider, to recognize singletons. ASP.NET Core validates service scopes only in development.</summary>
    private sealed record RootServices(IServiceProvider Provider);
}
