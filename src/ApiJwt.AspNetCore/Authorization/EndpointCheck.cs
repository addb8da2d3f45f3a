using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>Looks at all endpoints when the application starts: refuses guards that are switched off, and warns of those that no token can pass.</summary>
internal sealed class EndpointCheck(IEnumerable<VerifyingScheme> schemes, IServiceProvider services, ILogger<EndpointCheck> logger) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        // The pipeline is built by now, so every endpoint is mapped. No request has been served.
        Check(app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints);
    };

    private void Check(IReadOnlyList<Endpoint> endpoints)
    {
        // With a pipeline of its own making, such as one without UseRouting, an application may have endpoints that this does not list.
        GuardedEndpoints guards = services.GetRequiredService<GuardedEndpoints>();
        var said = new HashSet<string>();
        foreach (Endpoint endpoint in endpoints)
        {
            EndpointAuthorization authorization = guards.AuthorizationOf(guards.Guard(endpoint));
            PayloadRequirement[] ofMethods = RequirementsOfHubMethods(endpoint);
            if (!authorization.IsGuarded && ofMethods.Length == 0)
                continue;
            string[] names = [.. SchemesOf(authorization)];
            if (authorization.IsGuarded && FaultOf(names) is { } schemeFault && said.Add($"{endpoint.DisplayName} {schemeFault}"))
                Log.GuardWithoutScheme(logger, endpoint.DisplayName, schemeFault);
            ApiJwt[] classes = [.. schemes.Where(scheme => names.Length == 0 || names.Contains(scheme.Name)).Select(scheme => scheme.Find(services)).Distinct()];
            foreach (PayloadRequirement requirement in authorization.Requirements.Concat(ofMethods))
            {
                if (classes.Length > 0 && requirement.FindFault(classes) is { } fault && said.Add($"{endpoint.DisplayName} {fault}"))
                    Log.UselessGuard(logger, endpoint.DisplayName, fault);
            }
        }
    }

    /// <summary>The methods of a hub are no endpoints, and have guards of their own.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The framework calls these methods, so that they are there.")]
    private static PayloadRequirement[] RequirementsOfHubMethods(Endpoint endpoint) => endpoint.Metadata.GetMetadata<HubMetadata>() is not { } hub ? [] :
    [
        .. hub.HubType.GetMethods().SelectMany(method => method.GetCustomAttributes<PayloadRequirementAttribute>())
            .Select(attribute => RequirementPolicyProvider.RequirementOf(attribute.Policy)).OfType<PayloadRequirement>(),
    ];

    /// <summary>The schemes that authenticate the callers of an endpoint; empty if there is none.</summary>
    private IEnumerable<string> SchemesOf(EndpointAuthorization authorization)
    {
        if (authorization.Schemes.Count > 0)
            return authorization.Schemes;
        IReadOnlyList<string> ofDefaultPolicy = services.GetRequiredService<IOptions<AuthorizationOptions>>().Value.DefaultPolicy.AuthenticationSchemes;
        if (ofDefaultPolicy.Count > 0)
            return ofDefaultPolicy;
        // This runs once, at start, where nothing else can wait.
        AuthenticationScheme? byDefault = services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync().GetAwaiter().GetResult();
        return byDefault is null ? [] : [byDefault.Name];
    }

    private string? FaultOf(string[] names)
    {
        const string Advice = "Name the scheme in AddAuthentication, such as AddAuthentication(\"Bearer\"), in the default policy, or on the guard.";
        if (names.Length == 0)
            return $"no scheme authenticates its callers, because there are several schemes and none is the default. {Advice}";
        return Array.TrueForAll(names, IsCookieAlone) ? $"only cookies authenticate its callers, so that no token is looked at. {Advice}" : null;
    }

    /// <summary>Whether it is a scheme of cookies that hands no request to another scheme.</summary>
    private bool IsCookieAlone(string scheme) =>
        services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SchemeMap.TryGetValue(scheme, out AuthenticationSchemeBuilder? found)
        && found.HandlerType == typeof(CookieAuthenticationHandler)
        && services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme)
            is { ForwardDefault: null, ForwardAuthenticate: null, ForwardDefaultSelector: null };
}
