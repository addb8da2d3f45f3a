using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>Requires that the caller has a <see cref="VerifiedPayload"/> with any content.</summary>
/// <remarks>
/// Endpoints whose method takes a <see cref="VerifiedPayload"/> have this requirement, through an
/// <see cref="IAuthorizationRequirementData"/> in their metadata. The class is public so that API descriptions and audits can recognize it.
/// Instances are immutable and thread-safe.
/// </remarks>
public sealed class VerifiedPayloadRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    internal VerifiedPayloadRequirement()
    {
    }

    /// <summary>Describes the requirement for logs.</summary>
    public override string ToString() => "a verified token";

    Task IAuthorizationHandler.HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.User.GetVerifiedPayload() is not null)
            context.Succeed(this);
        return Task.CompletedTask;
    }
}
