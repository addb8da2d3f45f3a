using ApiJwts.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>Requires scopes: all of them or at least one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ScopeRequirement : PayloadRequirement
{
    private readonly string[] _scopes;

    internal ScopeRequirement(string[] scopes, bool all)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("No scope is named. Name at least one: an empty list, such as a missing setting leaves, is refused.", nameof(scopes));
        if (Array.Exists(scopes, scope => string.IsNullOrEmpty(scope) || scope.Contains(',', StringComparison.Ordinal) || scope.Any(char.IsControl)))
            throw new ArgumentException("A scope is empty, or contains a comma or a control character, so that no token can have it. Name each scope by itself.", nameof(scopes));
        _scopes = [.. scopes];
        All = all;
    }

    /// <summary>Whether the token must have all of the scopes, or at least one of them.</summary>
    public bool All { get; }

    /// <summary>The scopes. There is at least one.</summary>
    public IReadOnlyList<string> Scopes => Array.AsReadOnly(_scopes);

    /// <summary>The requirement in words, for logs.</summary>
    public override string ToString() => $"{(All ? "all" : "any")} of the scopes {string.Join(", ", _scopes)}";

    internal override string? FindFault(IReadOnlyList<ApiJwt> classes)
    {
        PolicyKey[] keys = [.. classes.SelectMany(jwt => jwt.PolicyKeys)];
        string[] known = [.. keys.SelectMany(key => key.Scopes).Distinct(StringComparer.Ordinal)];
        string? unknown = Array.Find(_scopes, scope => !known.Contains(scope, StringComparer.Ordinal));
        if (unknown?.Contains(' ', StringComparison.Ordinal) == true)
            return $"requires the scope '{unknown}', which has a blank in it. Name each scope by itself: \"{string.Join("\", \"", unknown.Split(' ', StringSplitOptions.RemoveEmptyEntries))}\".";
        // A class without keys takes tokens of an auth service whose scopes it does not know.
        if (classes.Any(jwt => jwt.PolicyKeys.Count == 0))
            return null;
        if (unknown is not null)
            return $"requires the scope '{unknown}', which no key of {NamesOf(classes)} may have. {NearestName.Advice(unknown, known)}";
        return All && !Array.Exists(keys, key => _scopes.All(key.Scopes.Contains))
            ? $"requires the scopes {string.Join(", ", _scopes)} together, and no key of {NamesOf(classes)} may have all of them. Require one of them with RequireAnyScope, or guard two endpoints."
            : null;
    }

    private protected override bool IsMetBy(VerifiedPayload payload) => All ? payload.HasAllScopes(_scopes) : payload.HasAnyScope(_scopes);
}
