using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>Requires that one of the given schemes authenticated the token.</summary>
/// <remarks>
/// ASP.NET Core combines the schemes of all authorization metadata of an endpoint, including the default policy, and authorizes hub methods
/// after authentication. Naming a scheme alone would therefore not exclude tokens of other schemes. The class is public so that API
/// descriptions and audits can read it. Instances are immutable and thread-safe.
/// </remarks>
public sealed class SchemeRequirement : IAuthorizationRequirement, IAuthorizationHandler, IAuthorizationRequirementData
{
    internal SchemeRequirement(IReadOnlyCollection<string> schemes) => Schemes = schemes;

    /// <summary>The names of the schemes. There is at least one.</summary>
    public IReadOnlyCollection<string> Schemes { get; }

    /// <summary>Describes the requirement for logs.</summary>
    public override string ToString() => $"a token of the scheme {string.Join(" or ", Schemes)}";

    IEnumerable<IAuthorizationRequirement> IAuthorizationRequirementData.GetRequirements() => [this];

    Task IAuthorizationHandler.HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.GetVerifiedIdentity()?.AuthenticationType is { } scheme && Schemes.Contains(scheme))
            context.Succeed(this);
        return Task.CompletedTask;
    }
}
