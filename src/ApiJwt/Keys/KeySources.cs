namespace ApiJwts;

/// <summary>
/// The three sources of keys: the settings, the fetched key set, and changes at run time. The keys in force are computed from them.
/// Immutable: each change returns a new value.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Change</term><description>Effect on the sources</description></listheader>
/// <item><term><c>AddPublic</c></term><description>Adds keys at run time, and deletes them from the list of removed keys.</description></item>
/// <item><term><c>Override(publicKeys)</c></term><description>Adds these keys, and removes all other keys in force, from every source.</description></item>
/// <item><term><c>Override(privateKey)</c></term><description>Signs with this key. The public key of the previous signing key is no longer in force, unless the settings or the key set have it.</description></item>
/// <item><term><c>Rotate</c></term><description>Signs with this key. The public key of the previous signing key stays in force.</description></item>
/// <item><term><c>Remove</c></term><description>Removes one key from every source.</description></item>
/// <item><term><c>Reset</c></term><description>Discards all changes at run time. The public keys of earlier contents of the private key's file stay.</description></item>
/// <item><term>Reload</term><description>Replaces the keys of the settings. Changes at run time stay, except that a new private key in the settings becomes the signing key. It is refused if it was removed. A new address discards the fetched keys.</description></item>
/// <item><term>A changed key file</term><description>Like a reload. If the file of the private key has a new key, the public key of the previous one stays in force, as with <c>Rotate</c>, so that a new mounted key does not invalidate tokens.</description></item>
/// <item><term>A new key set</term><description>Replaces the fetched keys. Changes at run time stay.</description></item>
/// </list>
/// A removed key stays removed after a reload and after a new key set. Only <c>AddPublic</c>, <c>Override</c> or <c>Rotate</c> with this key,
/// or <c>Reset</c>, bring it back. The public key of the signing key is always in force.
/// </remarks>
internal sealed record KeySources(ConfiguredKeys Configured)
{
    private IReadOnlyList<TrustedKey> Fetched { get; init; } = [];

    private IReadOnlyList<TrustedKey> Added { get; init; } = [];

    /// <summary>The public keys of earlier contents of the private key's file.</summary>
    private IReadOnlyList<TrustedKey> Retired { get; init; } = [];

    /// <summary>The key ids of the keys that were removed at run time.</summary>
    private IReadOnlyList<string> Removed { get; init; } = [];

    private SigningKey? SigningAtRunTime { get; init; }

    /// <summary>The signing key; <see langword="null"/> in a service that only verifies.</summary>
    public SigningKey? SigningKey => SigningAtRunTime ?? Configured.SigningKey;

    /// <summary>The verification keys in force, without duplicates. The public key of the signing key is the first.</summary>
    public IReadOnlyList<TrustedKey> VerificationKeys
    {
        get
        {
            var inForce = new List<TrustedKey>(OwnPublicKey);
            foreach (TrustedKey verificationKey in Configured.PublicKeys.Concat(Added).Concat(Retired).Concat(Fetched))
            {
                int known = inForce.FindIndex(other => other.KeyId == verificationKey.KeyId);
                if (known >= 0 && verificationKey.PublishedId is not null)
                    inForce[known] = verificationKey;
                else if (known < 0 && !Removed.Contains(verificationKey.KeyId))
                    inForce.Add(verificationKey);
            }

            return inForce;
        }
    }

    private TrustedKey[] OwnPublicKey => SigningKey is { } signing ? [new TrustedKey(signing.PublicKey)] : [];

    public KeySources AddPublic(IReadOnlyList<TrustedKey> publicKeys) => this with
    {
        Added = [.. Added, .. publicKeys.ExceptBy(IdsOf(Added), key => key.KeyId)],
        Removed = [.. Removed.Except(IdsOf(publicKeys))],
    };

    public KeySources Override(IReadOnlyList<TrustedKey>? publicKeys, SigningKey? signingKey)
    {
        KeySources changed = publicKeys is null ? ForgetOwn() : this with
        {
            Added = publicKeys,
            Removed = [.. Removed.Union(IdsOf(VerificationKeys)).Except(IdsOf(publicKeys))],
        };
        return signingKey is null ? changed : changed.SignWith(signingKey);
    }

    public KeySources Rotate(SigningKey signingKey) => AddPublic(OwnPublicKey).SignWith(signingKey);

    public KeySources Remove(string keyId)
    {
        string[] removed = [.. IdsOf(VerificationKeys.Where(key => key.HasId(keyId)))];
        if (removed.Length == 0)
            throw new ApiJwtException($"No key has this id. The key ids are {string.Join(", ", IdsOf(VerificationKeys))}. Name one of them.");
        if (removed.Contains(SigningKey?.PublicKey.KeyId))
            throw new ApiJwtException("This key signs tokens, and cannot be removed. Call KeyRing.Rotate with a new private key first.");
        return this with { Removed = [.. Removed.Union(removed)] };
    }

    public KeySources Reset() => new(Configured) { Fetched = Fetched, Retired = Retired };

    public KeySources Reload(ConfiguredKeys configured)
    {
        // For the same key, the existing object is kept: another object would empty the cache of verified tokens.
        bool isSame = configured.SigningKey is { } signing ? signing.IsSameAs(Configured.SigningKey) : Configured.SigningKey is null;
        // After a leak, settings that go back to the removed key must not make services trust it again.
        if (!isSame && configured.SigningKey?.PublicKey.KeyId is { } keyId && Removed.Contains(keyId))
            throw new ApiJwtException($"The private key {keyId} in the settings was removed by a call of KeyRing, so it does not sign again. Set another key, or call KeyRing.Rotate with this one.");
        KeySources changed = this with
        {
            Configured = isSame ? configured with { SigningKey = Configured.SigningKey } : configured,
            Fetched = configured.JwksUri == Configured.JwksUri ? Fetched : [],
            SigningAtRunTime = isSame || configured.SigningKey is null ? SigningAtRunTime : null,
        };
        return !isSame && IsOfSameFile(configured) ? changed.Retire(OwnPublicKey) : changed;
    }

    public KeySources Fetch(IReadOnlyList<TrustedKey> keySet) => this with { Fetched = keySet };

    /// <summary>Discards the public key of the signing key where a call, or an earlier content of the private key's file, added it.</summary>
    private KeySources ForgetOwn() => this with
    {
        Added = [.. Added.ExceptBy(IdsOf(OwnPublicKey), key => key.KeyId)],
        Retired = [.. Retired.ExceptBy(IdsOf(OwnPublicKey), key => key.KeyId)],
    };

    private KeySources SignWith(SigningKey signingKey) => this with
    {
        SigningAtRunTime = signingKey,
        Removed = [.. Removed.Where(keyId => keyId != signingKey.PublicKey.KeyId)],
    };

    /// <summary>Keeps the key of a replaced file in force. A file can be replaced any number of times, so the oldest such keys go.</summary>
    private KeySources Retire(TrustedKey[] publicKey)
    {
        KeySources changed = this with
        {
            Retired = [.. Retired.ExceptBy(IdsOf(publicKey), key => key.KeyId), .. publicKey],
            Removed = [.. Removed.Except(IdsOf(publicKey))],
        };
        while (changed.Retired.Count > 0 && changed.VerificationKeys.Count > KeySetDocument.MaxKeys)
            changed = changed with { Retired = [.. changed.Retired.Skip(1)] };
        return changed;
    }

    private bool IsOfSameFile(ConfiguredKeys configured) =>
        configured.Files?.SigningPath is { } path && path == Configured.Files?.SigningPath;

    private static IEnumerable<string> IdsOf(IEnumerable<TrustedKey> keys) => keys.Select(key => key.KeyId);
}
