using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The signing and verification keys of an <see cref="ApiJwt"/>. They can be changed while it is in use.</summary>
/// <remarks>
/// <para>Thread-safe. A change is atomic: each decode uses either the keys before it or the keys after it. Tokens of a removed key are
/// refused immediately, including cached ones. The methods accept keys in the forms that <see cref="ApiJwtOptions.PrivateKey"/> and
/// <see cref="ApiJwtOptions.PublicKeys"/> describe. A method that throws changes nothing.</para>
/// <para>The keys in force come from the settings, from the key set of <see cref="ApiJwtOptions.JwksUri"/>, and from calls of this class. A
/// removed key stays removed even if the settings or the key set contain it again. <see cref="AddPublic"/>, <see cref="Override"/> or
/// <see cref="Rotate(string)"/> with this key, or <see cref="Reset"/>, bring it back.</para>
/// </remarks>
public sealed class KeyRing
{
    private readonly object _changing = new();
    private readonly int _cacheSize;
    private readonly TimeProvider _time;
    private readonly Func<HttpClient>? _createClient;
    private readonly ILogger _logger;
    private KeySources _sources;
    private volatile EffectiveKeys _current;
    private volatile KeySetFetcher? _fetcher;
    private volatile KeyFileFollower? _follower;

    internal KeyRing(ApiJwtOptions options, ILogger logger)
    {
        _cacheSize = options.VerifiedTokenCacheSize;
        _time = options.TimeProvider;
        _createClient = options.CreateHttpClient;
        _logger = logger;
        _sources = new KeySources(ConfiguredKeys.Read(options));
        _current = new EffectiveKeys(_sources.SigningKey, _sources.VerificationKeys, _cacheSize);
        _fetcher = FetcherOf(_sources);
        _follower = FollowerOf(_sources);
        WarnOfTooManyKeys();
    }

    /// <summary>The key ids (RFC 7638 thumbprints) of all verification keys.</summary>
    public IReadOnlyList<string> KeyIds => [.. _current.KeyIds];

    /// <summary>The key id of the signing key, the <c>kid</c> of issued tokens; <see langword="null"/> in a service that only verifies.</summary>
    public string? SigningKeyId => _current.SigningKey?.PublicKey.KeyId;

    /// <summary>Whether a key verifies tokens that name this key id.</summary>
    /// <param name="keyId">A <c>kid</c>: one of <see cref="KeyIds"/>, or the one that a fetched key set gave the key.</param>
    /// <returns><see langword="true"/> if there is such a key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keyId"/> is <see langword="null"/>.</exception>
    public bool Contains(string keyId)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        return _current.Knows(keyId);
    }

    /// <summary>The state of fetching <see cref="ApiJwtOptions.JwksUri"/>; <see langword="null"/> if no address is set.</summary>
    public KeyFetchStatus? FetchStatus => _fetcher?.Status;

    /// <summary>The state of reading the key files; <see langword="null"/> if the settings name none.</summary>
    /// <remarks>
    /// The files are read every two seconds. A change is applied when two consecutive reads return the same contents;
    /// <see cref="Reload"/> applies it immediately. Contents that cannot be used change nothing.
    /// </remarks>
    public KeyFileStatus? FileStatus => _follower?.Status;

    internal EffectiveKeys Current => _current;

    internal KeySetFetcher? Fetcher => _fetcher;

    /// <summary>Signs with a new private key from now on. Tokens of the previous keys are still verified.</summary>
    /// <remarks>
    /// Other services need the new public key before they get the first token that it signs. Services that fetch the key set of this
    /// service get it automatically. If services do not fetch the key set, or if several instances of this service sign, call
    /// <see cref="AddPublic"/> in all of them first.
    /// </remarks>
    /// <param name="privateKey">The new private key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="privateKey"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">The key cannot be used.</exception>
    /// <exception cref="ApiJwtException">There would be more than 32 keys, the maximum that other services accept in a key set. Call <see cref="Remove"/> for old keys.</exception>
    public void Rotate(string privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        RotateTo(ReadPrivate(privateKey, nameof(privateKey)));
    }

    /// <summary>Signs with a <see cref="TokenSigner"/> from now on. Tokens of the previous keys are still verified.</summary>
    /// <inheritdoc cref="Rotate(string)" path="/remarks"/>
    /// <param name="signer">The new signer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="signer"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">The public key of the signer cannot be used.</exception>
    /// <exception cref="ApiJwtException">There would be more than 32 keys, the maximum that other services accept in a key set. Call <see cref="Remove"/> for old keys.</exception>
    public void Rotate(TokenSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        RotateTo(SigningKey.Of(signer));
    }

    /// <summary>Removes one key. Tokens that it signed are refused from now on, including cached ones.</summary>
    /// <inheritdoc cref="Contains" path="/param"/>
    /// <exception cref="ArgumentNullException"><paramref name="keyId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">No key has this id, or it is the signing key.</exception>
    public void Remove(string keyId)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        Change(sources => sources.Remove(keyId));
    }

    /// <summary>Replaces the public keys, the private key, or both, like <c>override_keys</c> of the Python library. Keys that are not given stay as they are.</summary>
    /// <remarks>
    /// Tokens of the previous private key are refused from now on, unless its public key is in the settings, in the key set, or in
    /// <paramref name="publicKeys"/>. To keep these tokens valid, call <see cref="Rotate(string)"/> instead.
    /// </remarks>
    /// <param name="publicKeys">The new public keys, in addition to the public key of the private key; <see langword="null"/> to keep the current ones.</param>
    /// <param name="privateKey">The new private key; <see langword="null"/> to keep the current one.</param>
    /// <exception cref="KeyFormatException">A key cannot be used, or <paramref name="publicKeys"/> is empty.</exception>
    /// <exception cref="ApiJwtException">Both arguments are <see langword="null"/>.</exception>
    public void Override(IEnumerable<string>? publicKeys = null, string? privateKey = null)
    {
        if (publicKeys is null && privateKey is null)
            throw new ApiJwtException("KeyRing.Override was given no key. Pass publicKeys, privateKey or both; KeyRing.Reset goes back to the constructor's keys.");
        var faults = new List<string>();
        IReadOnlyList<TrustedKey>? newPublic = publicKeys is null ? null : ReadPublic(publicKeys, faults);
        SigningKey? newPrivate = privateKey is null ? null : KeySettings.ReadPrivate(privateKey, nameof(privateKey), faults);
        ThrowIfAny(faults);
        Change(sources => sources.Override(newPublic, newPrivate));
    }

    /// <summary>Adds public keys that verify tokens. Keys that are already in use are not added twice.</summary>
    /// <param name="publicKeys">One or more keys.</param>
    /// <exception cref="ArgumentNullException"><paramref name="publicKeys"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">A key cannot be used, or <paramref name="publicKeys"/> is empty.</exception>
    public void AddPublic(params string[] publicKeys)
    {
        ArgumentNullException.ThrowIfNull(publicKeys);
        var faults = new List<string>();
        IReadOnlyList<TrustedKey> added = ReadPublic(publicKeys, faults);
        ThrowIfAny(faults);
        Change(sources => sources.AddPublic(added));
    }

    /// <summary>
    /// Discards all changes that calls made. The keys of the settings, of the fetched key set, and of earlier contents of the private key's file
    /// are in force again.
    /// </summary>
    public void Reset() => Change(sources => sources.Reset());

    /// <summary>
    /// Applies the signing key, the public keys, the key files and <see cref="ApiJwtOptions.JwksUri"/> of changed settings.
    /// </summary>
    /// <remarks>
    /// Changes that calls made stay in force, except that a new private key in the settings signs from now on. All other settings are
    /// ignored, such as the HTTP client.
    /// </remarks>
    /// <param name="options">The changed settings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">A key cannot be used; nothing changes.</exception>
    /// <exception cref="ApiJwtException">There is no key, the private key was removed by a call, or a setting is invalid; nothing changes.</exception>
    public void Reload(ApiJwtOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsCheck.ThrowIfUnusable(options);
        if (_createClient is null && options.JwksUri is { Scheme: "https+http" or "http+https" })
            throw new ApiJwtException($"{options.NameOf(nameof(options.JwksUri))} has a scheme that only an HTTP client of the application can resolve. Set ApiJwtOptions.CreateHttpClient when you create the class.");
        ConfiguredKeys configured = ConfiguredKeys.Read(options);
        Change(sources => sources.Reload(configured));
    }

    /// <summary>Fetches the key set of <see cref="ApiJwtOptions.JwksUri"/>. Does nothing if no address is set.</summary>
    /// <remarks>
    /// Decoding a token starts a fetch if the key set is older than ten minutes, or if the token has an unknown <c>kid</c>. Call this method
    /// when the service starts and every ten minutes, so that no token waits for a fetch. The task does not fault if the fetch fails;
    /// <see cref="FetchStatus"/> and the log have the reason.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the wait, not the fetch.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken = default) =>
        _fetcher?.FetchAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Returns the public keys as a JSON Web Key Set (RFC 7517, section 5), for services that verify tokens.</summary>
    /// <returns>JSON with the members <c>kty</c>, <c>use</c>, <c>alg</c>, <c>kid</c>, <c>n</c> and <c>e</c> of every key.</returns>
    public string ToJwks() => _current.ToJwks();

    /// <summary>Applies a fetched key set, unless the settings have another address by now.</summary>
    /// <returns>Whether the keys in force changed.</returns>
    internal bool Use(KeySetFetcher fetcher, IReadOnlyList<TrustedKey> keySet) =>
        Change(sources => fetcher == _fetcher ? sources.Fetch(keySet) : sources);

    /// <summary>Applies the contents of the key files, unless the settings name other files by now.</summary>
    internal void Use(KeyFileFollower follower, Func<ConfiguredKeys, ConfiguredKeys> read) =>
        Change(sources => follower == _follower ? sources.Reload(read(sources.Configured)) : sources);

    private void RotateTo(SigningKey signingKey) => Change(sources =>
    {
        KeySources rotated = sources.Rotate(signingKey);
        return rotated.VerificationKeys.Count <= KeySetDocument.MaxKeys ? rotated
            : throw new ApiJwtException($"The key set would have {rotated.VerificationKeys.Count} keys, and other services accept at most {KeySetDocument.MaxKeys}. Call KeyRing.Remove for keys whose last token has expired.");
    });

    private static SigningKey ReadPrivate(string privateKey, string name)
    {
        var faults = new List<string>();
        SigningKey? signingKey = KeySettings.ReadPrivate(privateKey, name, faults);
        ThrowIfAny(faults);
        return signingKey!;
    }

    private static IReadOnlyList<TrustedKey> ReadPublic(IEnumerable<string> publicKeys, List<string> faults)
    {
        IReadOnlyList<TrustedKey> verificationKeys = KeySettings.ReadPublic(publicKeys, nameof(publicKeys), isList: true, faults);
        if (verificationKeys.Count == 0 && faults.Count == 0)
            faults.Add("publicKeys: the list is empty. Give at least one key.");
        return verificationKeys;
    }

    private static void ThrowIfAny(List<string> faults)
    {
        if (faults.Count > 0)
            throw new KeyFormatException(faults);
    }

    private KeySetFetcher? FetcherOf(KeySources sources) =>
        sources.Configured.JwksUri is { } address ? new KeySetFetcher(address, this, _time, _createClient ?? DefaultHttpClient.For(address), _logger) : null;

    private KeyFileFollower? FollowerOf(KeySources sources) =>
        sources.Configured.Files is { } files ? new KeyFileFollower(files, sources.Configured.FileDigest, this, _time, _logger) : null;

    private bool Change(Func<KeySources, KeySources> change)
    {
        EffectiveKeys changed;
        lock (_changing)
        {
            KeySources old = _sources;
            _sources = change(old);
            if (_sources.Configured.JwksUri != old.Configured.JwksUri)
                _fetcher = FetcherOf(_sources);
            if (_sources.Configured.Files != old.Configured.Files)
            {
                _follower?.Dispose();
                _follower = FollowerOf(_sources);
            }

            SigningKey? signingKey = _sources.SigningKey;
            IReadOnlyList<TrustedKey> verificationKeys = _sources.VerificationKeys;
            // A new EffectiveKeys has an empty cache, so it is created only if the keys differ.
            if (_current.IsSameAs(signingKey, verificationKeys))
                return false;
            _current = changed = new EffectiveKeys(signingKey, verificationKeys, _cacheSize);
        }

        Log.KeysChanged(_logger, string.Join(", ", changed.KeyIds), changed.SigningKey?.PublicKey.KeyId ?? "none");
        WarnOfTooManyKeys();
        return true;
    }

    private void WarnOfTooManyKeys()
    {
        if (_current is { SigningKey: not null, VerificationKeys.Count: > KeySetDocument.MaxKeys } current)
            Log.TooManyKeys(_logger, current.VerificationKeys.Count, KeySetDocument.MaxKeys);
    }
}
