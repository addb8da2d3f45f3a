namespace ApiJwts.AspNetCore;

/// <summary>Requires that the caller's token has all of the scopes.</summary>
public sealed class RequireScopeAttribute : PayloadRequirementAttribute
{
    /// <summary>Creates an attribute with the given scopes.</summary>
    /// <param name="scopes">One or more scopes. The comparison is ordinal, so case matters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">No scope is given, or a scope is empty or contains a comma or a control character.</exception>
    public RequireScopeAttribute(params string[] scopes)
        : base(new ScopeRequirement(scopes, all: true)) => Scopes = Array.AsReadOnly([.. scopes]);

    /// <summary>The scopes.</summary>
    public IReadOnlyList<string> Scopes { get; }
}
