namespace ApiJwts.AspNetCore;

/// <summary>Requires that the token was issued for one of several keys of the policy.</summary>
public sealed class KeyRequirement : PayloadRequirement
{
    private readonly string[] _keys;

    internal KeyRequirement(string[] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Length == 0 || Array.Exists(keys, string.IsNullOrEmpty))
            throw new ArgumentException("No key is named, or an empty one. Name at least one key of the policy.", nameof(keys));
        _keys = [.. keys];
    }

    /// <summary>The keys. There is at least one.</summary>
    public IReadOnlyList<string> Keys => Array.AsReadOnly(_keys);

    /// <summary>The requirement in words, for logs.</summary>
    public override string ToString() => $"one of the keys {string.Join(", ", _keys)}";

    private protected override bool IsMetBy(VerifiedPayload payload) => payload.Key is not null && _keys.Contains(payload.Key, StringComparer.Ordinal);
}
