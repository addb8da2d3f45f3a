using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>A requirement of an authorization policy on the payload of the caller's token. A caller without a payload does not meet it.</summary>
/// <remarks>
/// The methods of <see cref="ApiJwtAuthorizationExtensions"/> and the attributes create requirements. The class is public so that API
/// descriptions and audits can read <see cref="AuthorizationPolicy.Requirements"/>. Only classes of this package can derive from it. Instances
/// are immutable and thread-safe.
/// </remarks>
public abstract class PayloadRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    private protected PayloadRequirement()
    {
    }

    /// <summary>Evaluates this requirement. The authorization service of the application calls this method.</summary>
    /// <param name="context">The caller and the requirements.</param>
    /// <returns>A completed task.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is <see langword="null"/>.</exception>
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // The authorization service calls each requirement for all requirements of the policy. Each requirement evaluates only itself.
        if (context.User.GetVerifiedPayload() is { } payload && IsMetBy(payload))
            context.Succeed(this);
        return Task.CompletedTask;
    }

    /// <summary>
    /// The reason why no token of these classes can meet the requirement, or why a name in it has no effect; <see langword="null"/> if there is
    /// none.
    /// </summary>
    /// <param name="classes">All classes whose tokens the endpoint accepts.</param>
    internal abstract string? FindFault(IReadOnlyList<ApiJwt> classes);

    private protected abstract bool IsMetBy(VerifiedPayload payload);

    private protected static string NamesOf(IEnumerable<ApiJwt> classes) => string.Join(" and ", classes.Select(jwt => jwt.GetType().Name));
}
