using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>Lets a principal that a claims transformation made anew keep the payload of the token.</summary>
/// <remarks>
/// Stands between the authentication service and the transformation, because an application may register its transformation at any place.
/// </remarks>
internal sealed class TransformedPrincipals(ILogger<TransformedPrincipals> logger)
{
    private int _isSaid;

    public static void Register(IServiceCollection services)
    {
        services.AddSingleton<TransformedPrincipals>();
        ServiceDescriptor service = services.Last(service => service.ServiceType == typeof(IAuthenticationService));
        // A service of the application's own stays as it is.
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
    /// The principal with the payload, and without any claim that the transformation left out. It is a copy, because the application may
    /// keep its principal and return it for another token as well.
    /// </summary>
    private ClaimsPrincipal Keep(VerifiedIdentity verified, ClaimsPrincipal principal)
    {
        // The transformation has turned the caller away.
        if (principal.Identity?.IsAuthenticated != true)
            return principal;
        ClaimsPrincipal copy = principal.Clone();
        if (copy.GetType() != principal.GetType())
        {
            if (Interlocked.Exchange(ref _isSaid, 1) == 0)
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
