namespace ApiJwts.AspNetCore;

/// <summary>Lets only callers in whose token has all of the scopes.</summary>
public sealed class RequireScopeAttribute : PayloadRequirementAttribute
{
    /// <summary>Names the scopes.</summary>
    /// <param name="scopes">One or more scopes, to the letter.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">None is named, or one that no token can have.</exception>
    public RequireScopeAttribute(params string[] scopes)
        : base(new ScopeRequirement(scopes, all: true)) => Scopes = Array.AsReadOnly([.. scopes]);

    /// <summary>The scopes.</summary>
    public IReadOnlyList<string> Scopes { get; }
}
