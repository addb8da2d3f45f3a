namespace ApiJwts.AspNetCore;

/// <summary>Requires all of the given scopes, or at least one of them.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ScopeRequirement : PayloadRequirement
{
    private readonly string[] _scopes;

    internal ScopeRequirement(string[] scopes, bool all)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("No scope was given. Give at least one scope. An empty list, for example from a missing setting, is refused.", nameof(scopes));
        if (Array.Exists(scopes, scope => string.IsNullOrEmpty(scope) || scope.Contains(',', StringComparison.Ordinal) || scope.Any(char.IsControl)))
            throw new ArgumentException("A scope is empty or contains a comma or a control character, so no token can have it. Give each scope as a separate argument.", nameof(scopes));
        _scopes = [.. scopes];
        All = all;
    }

    /// <summary><see langword="true"/> if the token must have all of the scopes; <see langword="false"/> if one of them is enough.</summary>
    public bool All { get; }

    /// <summary>The scopes. There is at least one.</summary>
    public IReadOnlyList<string> Scopes => Array.AsReadOnly(_scopes);

    /// <summary>Describes the requirement for logs.</summary>
    public override string ToString() => $"{(All ? "all" : "any")} of the scopes {string.Join(", ", _scopes)}";

    internal override string? FindFault(IReadOnlyList<ApiJwt> classes)
    {
        PolicyKey[] keys = [.. classes.SelectMany(jwt => jwt.PolicyKeys)];
        string[] known = [.. keys.SelectMany(key => key.Scopes).Distinct(StringComparer.Ordinal)];
        string? unknown = Array.Find(_scopes, scope => !known.Contains(scope, StringComparer.Ordinal));
        if (unknown?.Contains(' ', StringComparison.Ordinal) == true)
            return $"requires the scope '{unknown}', which contains a space. Give each scope as a separate argument: \"{string.Join("\", \"", unknown.Split(' ', StringSplitOptions.RemoveEmptyEntries))}\".";
        // A class without keys accepts the tokens of an auth service without knowing its scopes.
        if (classes.Any(jwt => jwt.PolicyKeys.Count == 0))
            return null;
        if (unknown is not null)
            return $"requires the scope '{unknown}', which the policy of {NamesOf(classes)} allows for no key. {(known.Length == 0 ? "Allow scopes with Policy.AllowKey." : NearestName.Advice(unknown, known))}";
        return All && !Array.Exists(keys, key => _scopes.All(key.Scopes.Contains))
            ? $"requires the scopes {string.Join(", ", _scopes)} together, but the policy of {NamesOf(classes)} allows no key to have all of them. Require one of them with RequireAnyScope, or guard two endpoints."
            : null;
    }

    private protected override bool IsMetBy(VerifiedPayload payload) => All ? payload.HasAllScopes(_scopes) : payload.HasAnyScope(_scopes);
}
