using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>Requires that the caller has a <see cref="VerifiedPayload"/>, whatever is in it.</summary>
/// <remarks>
/// Endpoints whose method takes a <see cref="VerifiedPayload"/> have it, through an <see cref="IAuthorizationRequirementData"/> in their
/// metadata. It is public so that API descriptions and audits can recognize it. Immutable and thread-safe.
/// </remarks>
public sealed class VerifiedPayloadRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    internal VerifiedPayloadRequirement()
    {
    }

    /// <summary>The requirement in words, for logs.</summary>
    public override string ToString() => "a verified token";

    Task IAuthorizationHandler.HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.GetVerifiedPayload() is not null)
            context.Succeed(this);
        return Task.CompletedTask;
    }
}
