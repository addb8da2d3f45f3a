namespace ApiJwts.AspNetCore;

/// <summary>Requires that the token was issued for one of several keys of the policy.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
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

    internal override string? FindFault(IReadOnlyList<ApiJwt> classes)
    {
        PolicyKey[] known = [.. classes.SelectMany(jwt => jwt.PolicyKeys)];
        if (known.Length == 0)
            return $"requires the key '{_keys[0]}', and the policy of {NamesOf(classes)} names no key, so that no token has one here. Name the keys with Policy.AllowKey in its constructor.";
        if (Array.Find(_keys, key => !Array.Exists(known, own => own.Name == key)) is not { } unknown)
            return null;
        string advice = Array.Find(known, key => key.Issuer == unknown) is { } owner
            ? $"It is the issuer of the key '{owner.Name}': require that."
            : NearestName.Advice(unknown, known.Select(key => key.Name));
        return $"requires the key '{unknown}', which is no key of {NamesOf(classes)}. {advice}";
    }

    private protected override bool IsMetBy(VerifiedPayload payload) => payload.Key is not null && _keys.Contains(payload.Key, StringComparer.Ordinal);
}
