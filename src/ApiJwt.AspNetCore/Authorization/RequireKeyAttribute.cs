namespace ApiJwts.AspNetCore;

/// <summary>Requires that the caller's token was issued for one of the keys of the policy.</summary>
public sealed class RequireKeyAttribute : PayloadRequirementAttribute
{
    /// <summary>Creates an attribute with the given keys.</summary>
    /// <param name="keys">One or more keys that the policy allows with <see cref="PayloadPolicy.AllowKey"/>. The comparison is ordinal, so case matters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">No key is given, or a key is empty.</exception>
    public RequireKeyAttribute(params string[] keys)
        : base(new KeyRequirement(keys)) => Keys = Array.AsReadOnly([.. keys]);

    /// <summary>The keys.</summary>
    public IReadOnlyList<string> Keys { get; }
}
