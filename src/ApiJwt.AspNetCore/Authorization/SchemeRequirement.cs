using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>Requires that the token came by one of the schemes that a guard names.</summary>
/// <remarks>
/// The platform adds up the schemes of everything that guards an endpoint, those of the default policy included, and a method of a hub is
/// asked after authentication. So naming a scheme alone would not keep tokens of the other schemes out. It is public so that API
/// descriptions and audits can read it. Instances are immutable and thread-safe.
/// </remarks>
public sealed class SchemeRequirement : IAuthorizationRequirement, IAuthorizationHandler, IAuthorizationRequirementData
{
    internal SchemeRequirement(IReadOnlyCollection<string> schemes) => Schemes = schemes;

    /// <summary>The names of the schemes. There is at least one.</summary>
    public IReadOnlyCollection<string> Schemes { get; }

    /// <summary>The requirement in words, for logs.</summary>
    public override string ToString() => $"a token of the scheme {string.Join(" or ", Schemes)}";

    IEnumerable<IAuthorizationRequirement> IAuthorizationRequirementData.GetRequirements() => [this];

    Task IAuthorizationHandler.HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.GetVerifiedIdentity()?.AuthenticationType is { } scheme && Schemes.Contains(scheme))
            context.Succeed(this);
        return Task.CompletedTask;
    }
}
