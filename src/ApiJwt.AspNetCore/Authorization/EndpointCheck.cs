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

/// <summary>
/// Checks all endpoints when the application starts. Throws for a guard that is switched off, and warns of a guard that no token can pass.
/// </summary>
internal sealed class EndpointCheck(
    IEnumerable<VerifyingScheme> schemes, IAuthenticationSchemeProvider allSchemes, IServiceProvider services, ILogger<EndpointCheck> logger) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        // The pipeline is built by now, so every endpoint is mapped. No request has been served.
        Check(app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints);
    };

    private void Check(IReadOnlyList<Endpoint> endpoints)
    {
        // An application with a custom pipeline, such as one without UseRouting, may have endpoints that this source does not list.
        GuardedEndpoints guards = services.GetRequiredService<GuardedEndpoints>();
        var logged = new HashSet<string>();
        foreach (Endpoint endpoint in endpoints)
        {
            EndpointAuthorization authorization = guards.AuthorizationOf(guards.Guard(endpoint));
            PayloadRequirement[] ofMethods = RequirementsOfHubMethods(endpoint);
            if (!authorization.IsGuarded && ofMethods.Length == 0)
                continue;
            string[] names = [.. SchemesOf(authorization)];
            if (authorization.IsGuarded && FaultOf(names) is { } schemeFault && logged.Add($"{endpoint.DisplayName} {schemeFault}"))
                Log.GuardWithoutScheme(logger, endpoint.DisplayName, schemeFault);
            ApiJwt[] classes = [.. schemes.Where(scheme => names.Length == 0 || names.Contains(scheme.Name)).Select(scheme => scheme.Find(services)).Distinct()];
            foreach (PayloadRequirement requirement in authorization.Requirements.Concat(ofMethods))
            {
                if (classes.Length > 0 && requirement.FindFault(classes) is { } fault && logged.Add($"{endpoint.DisplayName} {fault}"))
                    Log.UselessGuard(logger, endpoint.DisplayName, fault);
            }
        }
    }

    /// <summary>The requirements of the methods of a hub, which are not endpoints and have attributes of their own.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The framework calls these methods, so trimming keeps them.")]
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
        // A startup filter is synchronous, and this runs once.
        AuthenticationScheme? byDefault = allSchemes.GetDefaultAuthenticateSchemeAsync().GetAwaiter().GetResult();
        return byDefault is null ? [] : [byDefault.Name];
    }

    private string? FaultOf(string[] names)
    {
        const string Advice = "Name the scheme in AddAuthentication, such as AddAuthentication(\"Bearer\"), in the default policy, or on the guard.";
        if (names.Length == 0)
            return $"no scheme authenticates its callers, because there are several schemes and none is the default. {Advice}";
        if (Array.Find(names, name => FindScheme(name) is null) is { } unknown)
            return $"the scheme '{unknown}' does not exist, so every request fails. {Advice}";
        return Array.TrueForAll(names, IsCookieAlone) ? $"only cookies authenticate its callers, so tokens are ignored. {Advice}" : null;
    }

    private AuthenticationScheme? FindScheme(string name) => allSchemes.GetSchemeAsync(name).GetAwaiter().GetResult();

    /// <summary>Whether this is a cookie scheme that forwards no request to another scheme.</summary>
    private bool IsCookieAlone(string scheme) =>
        FindScheme(scheme)?.HandlerType == typeof(CookieAuthenticationHandler)
        && services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme)
            is { ForwardDefault: null, ForwardAuthenticate: null, ForwardDefaultSelector: null };
}
