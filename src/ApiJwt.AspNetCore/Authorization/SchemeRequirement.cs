using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>The token must have come by one of the schemes that a guard names.</summary>
/// <remarks>
/// The platform adds up the schemes of everything that guards an endpoint, those of the default policy included, and a method of a hub is
/// asked after authentication. So naming a scheme alone would not keep tokens of the other schemes out.
/// </remarks>
internal sealed class SchemeRequirement(IReadOnlyCollection<string> schemes) : IAuthorizationRequirement, IAuthorizationHandler, IAuthorizationRequirementData
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.GetVerifiedIdentity()?.AuthenticationType is { } scheme && schemes.Contains(scheme))
            context.Succeed(this);
        return Task.CompletedTask;
    }

    public override string ToString() => $"a token of the scheme {string.Join(" or ", schemes)}";
}
