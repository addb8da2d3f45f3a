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

    protected abstract bool IsMetBy(VerifiedPayload payload);
}

/// <summary>Scopes, all or any of them.</summary>
internal sealed class ScopeRequirement : PayloadRequirement
{
    private readonly string[] _scopes;
    private readonly bool _all;

    public ScopeRequirement(string[] scopes, bool all)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("No scope is named. Name at least one: an empty list, left perhaps by a setting that is missing, never means that anyone may pass.", nameof(scopes));
        if (Array.Exists(scopes, scope => string.IsNullOrEmpty(scope) || scope.Contains(',', StringComparison.Ordinal) || scope.Any(char.IsControl)))
            throw new ArgumentException("A scope is empty, or contains a comma or a control character, so that no token can have it. Name each scope by itself.", nameof(scopes));
        _scopes = [.. scopes];
        _all = all;
    }

    public bool All => _all;

    public IReadOnlyList<string> Scopes => Array.AsReadOnly(_scopes);

    public override string ToString() => $"{(_all ? "all" : "any")} of the scopes {string.Join(", ", _scopes)}";

    protected override bool IsMetBy(VerifiedPayload payload) => _all ? payload.HasAllScopes(_scopes) : payload.HasAnyScope(_scopes);
}

/// <summary>An authentication level, or a higher one.</summary>
internal sealed class LevelRequirement : PayloadRequirement
{
    public LevelRequirement(double level)
    {
        if (!double.IsFinite(level) || level <= 0)
            throw new ArgumentOutOfRangeException(nameof(level), "The level must be a finite number above 0: every token has level 0.");
        Level = level;
    }

    public double Level { get; }

    public override string ToString() => $"level {LevelText.Of(Level)} or higher";

    protected override bool IsMetBy(VerifiedPayload payload) => payload.Level >= Level;
}

/// <summary>One of several keys of the policy.</summary>
internal sealed class KeyRequirement : PayloadRequirement
{
    private readonly string[] _keys;

    public KeyRequirement(string[] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Length == 0 || Array.Exists(keys, string.IsNullOrEmpty))
            throw new ArgumentException("No key is named, or an empty one. Name at least one key of the policy.", nameof(keys));
        _keys = [.. keys];
    }

    public IReadOnlyList<string> Keys => Array.AsReadOnly(_keys);

    public override string ToString() => $"one of the keys {string.Join(", ", _keys)}";

    protected override bool IsMetBy(VerifiedPayload payload) => payload.Key is not null && _keys.Contains(payload.Key, StringComparer.Ordinal);
}
