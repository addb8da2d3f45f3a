namespace ApiJwts.AspNetCore;

/// <summary>Lets only callers in whose token was issued for one of the keys of the policy.</summary>
public sealed class RequireKeyAttribute : PayloadRequirementAttribute
{
    /// <summary>Names the keys.</summary>
    /// <param name="keys">One or more keys that <see cref="PayloadPolicy.AllowKey"/> named.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">None is named, or an empty one.</exception>
    public RequireKeyAttribute(params string[] keys)
        : base(new KeyRequirement(keys)) => Keys = Array.AsReadOnly([.. keys]);

    /// <summary>The keys.</summary>
    public IReadOnlyList<string> Keys { get; }
}
