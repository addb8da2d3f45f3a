using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.SignalR;

namespace ApiJwts.AspNetCore;

/// <summary>Requires that one of the schemes that a guard names verified the token, itself or by forwarding to the scheme that did.</summary>
/// <remarks>
/// The platform adds up the schemes of everything that guards an endpoint, those of the default policy included, and it authorizes a call of
/// a hub method after authentication. Without this requirement, a token of another scheme would pass a guard that does not name it. The
/// type is public so that API descriptions and audits can read it. Instances are immutable and thread-safe.
/// </remarks>
public sealed class SchemeRequirement : IAuthorizationRequirement, IAuthorizationHandler, IAuthorizationRequirementData
{
    internal SchemeRequirement(IReadOnlyCollection<string> schemes) => Schemes = schemes;

    /// <summary>The names of the schemes. There is at least one.</summary>
    public IReadOnlyCollection<string> Schemes { get; }

    /// <summary>The requirement in words, for logs.</summary>
    public override string ToString() => $"a token of the scheme {string.Join(" or ", Schemes)}";

    IEnumerable<IAuthorizationRequirement> IAuthorizationRequirementData.GetRequirements() => [this];

    async Task IAuthorizationHandler.HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.GetVerifiedIdentity() is { } identity && (Schemes.Contains(identity.AuthenticationType) || await IsForwardedAsync(context.Resource, identity.Payload).ConfigureAwait(false)))
            context.Succeed(this);
    }

    /// <summary>Whether a named scheme, such as a policy scheme, forwards to the one that verified the token.</summary>
    /// <remarks>Schemes keep their result for a request, so a token is not verified again.</remarks>
    private async Task<bool> IsForwardedAsync(object? resource, VerifiedPayload payload)
    {
        HttpContext? context = resource switch
        {
            HttpContext http => http,
            AuthorizationFilterContext filter => filter.HttpContext,
            HubInvocationContext call => call.Context.GetHttpContext(),
            _ => null,
        };
        if (context is null)
            return false;
        foreach (string scheme in Schemes)
        {
            if ((await context.AuthenticateAsync(scheme).ConfigureAwait(false)).Principal?.GetVerifiedIdentity()?.Payload == payload)
                return true;
        }

        return false;
    }
}
