using Microsoft.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>Something the payload of the request's token must have. Without a payload it is never met.</summary>
internal abstract class PayloadRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        // A requirement is its own handler and is asked for every requirement of the policy: it answers for itself alone.
        if (context.User.GetVerifiedPayload() is { } payload && IsMetBy(payload))
            context.Succeed(this);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Why no token of these classes can meet it, or why a name in it is of no use; <see langword="null"/> if nothing is known against it.
    /// </summary>
    /// <param name="classes">All classes whose tokens the endpoint takes.</param>
    public abstract string? FindFault(IReadOnlyList<ApiJwt> classes);

    protected abstract bool IsMetBy(VerifiedPayload payload);

    protected static string NamesOf(IEnumerable<ApiJwt> classes) => string.Join(" and ", classes.Select(jwt => jwt.GetType().Name));
}
