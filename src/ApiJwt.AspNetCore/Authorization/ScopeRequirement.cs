namespace ApiJwts.AspNetCore;

/// <summary>Requires scopes: all of them or at least one.</summary>
public sealed class ScopeRequirement : PayloadRequirement
{
    private readonly string[] _scopes;

    internal ScopeRequirement(string[] scopes, bool all)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("No scope is named. Name at least one: an empty list, left perhaps by a setting that is missing, never means that anyone may pass.", nameof(scopes));
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

    private protected override bool IsMetBy(VerifiedPayload payload) => All ? payload.HasAllScopes(_scopes) : payload.HasAnyScope(_scopes);
}
