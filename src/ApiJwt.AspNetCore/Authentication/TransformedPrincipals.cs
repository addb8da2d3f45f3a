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

    private sealed class Transformation(IClaimsTransformation application, TransformedPrincipals principals) : IClaimsTransformation
    {
        public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            VerifiedIdentity? verified = principal.GetVerifiedIdentity();
            ClaimsPrincipal transformed = await application.TransformAsync(principal).ConfigureAwait(false);
            return verified is null || transformed.GetVerifiedPayload() is not null ? transformed : principals.Keep(verified, transformed);
        }
    }
}
