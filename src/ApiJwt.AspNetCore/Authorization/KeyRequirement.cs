namespace ApiJwts.AspNetCore;

/// <summary>Requires that the token was issued for one of the given keys of the policy.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class KeyRequirement : PayloadRequirement
{
    private readonly string[] _keys;

    internal KeyRequirement(string[] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Length == 0 || Array.Exists(keys, string.IsNullOrEmpty))
            throw new ArgumentException("No key was given, or a key is empty. Give at least one key of the policy.", nameof(keys));
        _keys = [.. keys];
    }

    /// <summary>The keys. There is at least one.</summary>
    public IReadOnlyList<string> Keys => Array.AsReadOnly(_keys);

    /// <summary>Describes the requirement for logs.</summary>
    public override string ToString() => $"one of the keys {string.Join(", ", _keys)}";

    internal override string? FindFault(IReadOnlyList<ApiJwt> classes)
    {
        PolicyKey[] known = [.. classes.SelectMany(jwt => jwt.PolicyKeys)];
        if (known.Length == 0)
            return $"requires the key '{_keys[0]}', but the policy of {NamesOf(classes)} allows no key, so no token can have one. Allow keys with Policy.AllowKey in the constructor of the class.";
        if (Array.Find(_keys, key => !Array.Exists(known, own => own.Name == key)) is not { } unknown)
            return null;
        string advice = Array.Find(known, key => key.Issuer == unknown) is { } owner
            ? $"It is the issuer of the key '{owner.Name}'. Require this key instead."
            : NearestName.Advice(unknown, known.Select(key => key.Name));
        return $"requires the key '{unknown}', which is not a key of {NamesOf(classes)}. {advice}";
    }

    private protected override bool IsMetBy(VerifiedPayload payload) => payload.Key is not null && _keys.Contains(payload.Key, StringComparer.Ordinal);
}
