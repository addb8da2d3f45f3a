namespace ApiJwts;

/// <summary>
/// The three sources of keys: the settings, the fetched key set, and changes made at run time. The keys in force are computed from
/// them. Immutable: each change makes a new value.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Change</term><description>What it does to each source</description></listheader>
/// <item><term><c>AddPublic</c></term><description>Adds keys at run time, and takes them off the list of removed keys.</description></item>
/// <item><term><c>Override(publicKeys)</c></term><description>Adds these keys, and removes every other key that is in force, wherever it comes from.</description></item>
/// <item><term><c>Override(privateKey)</c></term><description>Signs with this key. The half of the key that signed before goes with it, unless another source has it.</description></item>
/// <item><term><c>Rotate</c></term><description>Signs with this key, and keeps the half of the key that signed before.</description></item>
/// <item><term><c>Remove</c></term><description>Removes one key, wherever it comes from.</description></item>
/// <item><term><c>Reset</c></term><description>Forgets every change made at run time: the settings and the fetched key set decide again.</description></item>
/// <item><term>Reload</term><description>Replaces the settings' keys. Changes made at run time stay, except that a new private key in the settings signs from then on. A new address forgets the fetched keys.</description></item>
/// <item><term>A changed key file</term><description>The same. If the file of the private key was given another one, the half of the one before is kept, as <c>Rotate</c> does: whoever mounts a new key means no token to be refused.</description></item>
/// <item><term>A new key set</term><description>Replaces the fetched keys. Changes made at run time stay.</description></item>
/// </list>
/// A removed key stays removed, whatever a reload or a new key set brings, until it is given to <c>AddPublic</c>, <c>Override</c> or
/// <c>Rotate</c>, or until <c>Reset</c>. The key that signs always verifies too.
/// </remarks>
internal sealed record KeySources(ConfiguredKeys Configured)
{
    private IReadOnlyList<PublishedKey> Fetched { get; init; } = [];

    private IReadOnlyList<PublishedKey> Added { get; init; } = [];

    /// <summary>The key ids of the keys that were removed at run time.</summary>
    private IReadOnlyList<string> Removed { get; init; } = [];

    private SigningKey? SigningAtRunTime { get; init; }

    /// <summary>The key that signs; <see langword="null"/> in a service that only verifies.</summary>
    public SigningKey? SigningKey => SigningAtRunTime ?? Configured.SigningKey;

    /// <summary>The keys in force, the signing key's own half first, and each key once.</summary>
    public IReadOnlyList<PublishedKey> VerificationKeys
    {
        get
        {
            var inForce = new List<PublishedKey>(OwnPublicKey);
            foreach (PublishedKey verificationKey in Configured.PublicKeys.Concat(Added).Concat(Fetched))
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

    private PublishedKey[] OwnPublicKey => SigningKey is { } signing ? [new PublishedKey(signing.PublicKey)] : [];

    public KeySources AddPublic(IReadOnlyList<PublishedKey> publicKeys) => this with
    {
        Added = [.. Added, .. publicKeys],
        Removed = [.. Removed.Except(IdsOf(publicKeys))],
    };

    public KeySources Override(IReadOnlyList<PublishedKey>? publicKeys, SigningKey? signingKey)
    {
        KeySources changed = publicKeys is null ? this : this with
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

    public KeySources Reset() => new(Configured) { Fetched = Fetched };

    public KeySources Reload(ConfiguredKeys configured)
    {
        // The same key again is no change: a new value of it would empty the cache of verified tokens.
        bool isSame = configured.SigningKey is { } signing ? signing.IsSameAs(Configured.SigningKey) : Configured.SigningKey is null;
        return (!isSame && IsOfSameFile(configured) ? AddPublic(OwnPublicKey) : this) with
        {
            Configured = isSame ? configured with { SigningKey = Configured.SigningKey } : configured,
            Fetched = configured.JwksUri == Configured.JwksUri ? Fetched : [],
            SigningAtRunTime = isSame || configured.SigningKey is null ? SigningAtRunTime : null,
        };
    }

    public KeySources Fetch(IReadOnlyList<PublishedKey> keySet) => this with { Fetched = keySet };

    private KeySources SignWith(SigningKey signingKey) => this with
    {
        SigningAtRunTime = signingKey,
        Removed = [.. Removed.Where(keyId => keyId != signingKey.PublicKey.KeyId)],
    };

    private bool IsOfSameFile(ConfiguredKeys configured) =>
        configured.Files?.SigningPath is { } path && path == Configured.Files?.SigningPath;

    private static IEnumerable<string> IdsOf(IEnumerable<PublishedKey> keys) => keys.Select(key => key.KeyId);
}
