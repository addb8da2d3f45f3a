using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>What an authorization policy requires of the payload of the request's token. Without a payload it is never met.</summary>
/// <remarks>
/// The methods of <see cref="ApiJwtAuthorizationExtensions"/> and the attributes create it. It is public so that API descriptions and
/// audits can read <see cref="AuthorizationPolicy.Requirements"/>. No other class can derive from it. Instances are immutable and thread-safe.
/// </remarks>
public abstract class PayloadRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    private protected PayloadRequirement()
    {
    }

    /// <summary>Answers for this requirement. The authorization service of the application calls it.</summary>
    /// <param name="context">The caller and the requirements.</param>
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // A requirement is its own handler and is asked for every requirement of the policy: it answers for itself alone.
        if (context.User.GetVerifiedPayload() is { } payload && IsMetBy(payload))
            context.Succeed(this);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Why no token of these classes can meet it, or why a name in it is of no use; <see langword="null"/> if nothing is known against it.
    /// </summary>
    /// <param name="classes">All classes whose tokens the endpoint takes.</param>
    internal abstract string? FindFault(IReadOnlyList<ApiJwt> classes);

    private protected abstract bool IsMetBy(VerifiedPayload payload);

    private protected static string NamesOf(IEnumerable<ApiJwt> classes) => string.Join(" and ", classes.Select(jwt => jwt.GetType().Name));
}
