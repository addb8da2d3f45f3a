using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>Keeps the payload of the token in the principal that a claims transformation returns.</summary>
/// <remarks>
/// It wraps the transformation inside the authentication service, because the application may register its transformation before or after
/// this package.
/// </remarks>
internal sealed class TransformedPrincipals(ILogger<TransformedPrincipals> logger)
{
    private int _hasLoggedNotKept;

    public static void Register(IServiceCollection services)
    {
        services.AddSingleton<TransformedPrincipals>();
        ServiceDescriptor service = services.Last(service => service.ServiceType == typeof(IAuthenticationService));
        // An authentication service of the application is not changed.
        if (service.ImplementationType?.Assembly != typeof(AuthenticationService).Assembly)
            return;
        ObjectFactory make = ActivatorUtilities.CreateFactory(service.ImplementationType, [typeof(IClaimsTransformation)]);
        services.Replace(ServiceDescriptor.Describe(typeof(IAuthenticationService), provider => make(provider, [provider.GetRequiredService<TransformedPrincipals>().Around(provider)]), service.Lifetime));
    }

    private IClaimsTransformation Around(IServiceProvider provider)
    {
        IClaimsTransformation application = provider.GetRequiredService<IClaimsTransformation>();
        // Without a transformation, requests need no wrapper.
        return application is NoopClaimsTransformation ? application : new Transformation(application, this);
    }

    /// <summary>
    /// Adds the payload to a copy of the principal. A claim that the transformation removed stays removed. The application may return its own
    /// principal for another token as well, so that object is not changed.
    /// </summary>
    private ClaimsPrincipal Keep(VerifiedIdentity verified, ClaimsPrincipal principal)
    {
        // The transformation rejected the caller.
        if (principal.Identity?.IsAuthenticated != true)
            return principal;
        ClaimsPrincipal copy = principal.Clone();
        if (copy.GetType() != principal.GetType())
        {
            if (Interlocked.Exchange(ref _hasLoggedNotKept, 1) == 0)
                Log.PayloadNotKept(logger, principal.GetType().Name);
            return principal;
        }

        ClaimsIdentity payload = verified.Clone();
        foreach (Claim claim in payload.Claims.ToArray())
            payload.RemoveClaim(claim);
        copy.AddIdentity(payload);
        return copy;
    }

    /// <summary>
    /// Replaces the identity of another token, which a transformation keeps that caches principals. The subject of that token may be the
    /// same, but its level and its scopes need not be.
    /// </summary>
    private static ClaimsPrincipal Replace(VerifiedIdentity verified, ClaimsPrincipal principal)
    {
        if (principal.GetType() != typeof(ClaimsPrincipal))
            throw new InvalidOperationException($"The claims transformation returned a {principal.GetType().Name} with the payload of another token. Create the principal for each request, or return a ClaimsPrincipal.");
        IEnumerable<ClaimsIdentity> others = principal.Identities.Where(identity => identity is not VerifiedIdentity);
        return new ClaimsPrincipal(principal.Identity?.IsAuthenticated == true ? others.Prepend(verified) : others);
    }

    private sealed class Transformation(IClaimsTransformation application, TransformedPrincipals principals) : IClaimsTransformation
    {
        public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            VerifiedIdentity? verified = principal.GetVerifiedIdentity();
            ClaimsPrincipal transformed = await application.TransformAsync(principal).ConfigureAwait(false);
            VerifiedPayload? payload = transformed.GetVerifiedPayload();
            return verified is null || ReferenceEquals(payload, verified.Payload) ? transformed
                : payload is null ? principals.Keep(verified, transformed)
                : Replace(verified, transformed);
        }
    }
}
