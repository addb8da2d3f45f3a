using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.SignalR;

namespace ApiJwts.AspNetCore;

/// <summary>Requires that one of the given schemes verified the token, or forwarded the request to the scheme that verified it.</summary>
/// <remarks>
/// ASP.NET Core combines the schemes of all authorization metadata of an endpoint, including the default policy, and authorizes a call of a
/// hub method after authentication. Without this requirement, a token of another scheme would pass a guard that does not name the scheme.
/// The class is public so that API descriptions and audits can read it. Instances are immutable and thread-safe.
/// </remarks>
public sealed class SchemeRequirement : IAuthorizationRequirement, IAuthorizationHandler, IAuthorizationRequirementData
{
    internal SchemeRequirement(IReadOnlyCollection<string> schemes) => Schemes = schemes;

    /// <summary>The names of the schemes. There is at least one.</summary>
    public IReadOnlyCollection<string> Schemes { get; }

    /// <summary>Describes the requirement for logs.</summary>
    public override string ToString() => $"a token of the scheme {string.Join(" or ", Schemes)}";

    IEnumerable<IAuthorizationRequirement> IAuthorizationRequirementData.GetRequirements() => [this];

    async Task IAuthorizationHandler.HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.GetVerifiedIdentity() is { } identity && (Schemes.Contains(identity.AuthenticationType) || await IsForwardedAsync(context.Resource, identity.Payload).ConfigureAwait(false)))
            context.Succeed(this);
    }

    /// <summary>Whether a given scheme, such as a policy scheme, forwards to the scheme that verified the token.</summary>
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
