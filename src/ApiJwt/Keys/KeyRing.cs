using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The keys of an <see cref="ApiJwt"/>, which can be changed while it is in use.</summary>
/// <remarks>
/// <para>Thread-safe. A change is atomic: a decode sees the keys from before it or from after it, never a mixture, and a key that
/// is gone stops working at once, for tokens that were verified before as well. Keys are taken in every form that
/// <see cref="ApiJwtOptions.PublicKeys"/> describes. A text that is refused changes nothing.</para>
/// <para>The keys in force come from the settings, from the key set of <see cref="ApiJwtOptions.JwksUri"/>, and from the calls of this
/// class. A key that was removed here stays removed, whatever the settings and the key set bring later, until it is given to
/// <see cref="AddPublic"/>, <see cref="Override"/> or <see cref="Rotate(string)"/>, or until <see cref="Reset"/>.</para>
/// </remarks>
public sealed class KeyRing
{
    private readonly object _changing = new();
    private readonly int _cacheSize;
    private readonly TimeProvider _time;
    private readonly Func<HttpClient>? _createClient;
    private readonly ILogger _logger;
    private KeySources _sources;
    private volatile KeySet _current;
    private volatile KeySetFetcher? _fetcher;
    private volatile KeyFileFollower? _follower;

    internal KeyRing(ApiJwtOptions options, ILogger logger)
    {
        _cacheSize = options.VerifiedTokenCacheSize;
        _time = options.TimeProvider;
        _createClient = options.CreateHttpClient;
        _logger = logger;
        _sources = new KeySources(ConfiguredKeys.Read(options));
        _current = new KeySet(_sources.SigningKey, _sources.VerificationKeys, _cacheSize);
        _fetcher = FetcherOf(_sources);
        _follower = FollowerOf(_sources);
    }

    /// <summary>The key ids (RFC 7638 thumbprints) of all keys that tokens are verified with.</summary>
    public IReadOnlyList<string> KeyIds => [.. _current.KeyIds];

    /// <summary>The key id that issued tokens carry as <c>kid</c>; <see langword="null"/> in a service that only verifies.</summary>
    public string? SigningKeyId => _current.SigningKey?.PublicKey.KeyId;

    /// <summary>How the last fetch of <see cref="ApiJwtOptions.JwksUri"/> went; <see langword="null"/> without an address.</summary>
    public KeyFetchStatus? FetchStatus => _fetcher?.Status;

    /// <summary>How the last look at the key files of the settings went; <see langword="null"/> without any.</summary>
    /// <remarks>
    /// The files are looked at every two seconds, and a change that was seen twice is taken over. <see cref="Reload"/> takes it over at
    /// once. Keys that cannot be used change nothing.
    /// </remarks>
    public KeyFileStatus? FileStatus => _follower?.Status;

    internal KeySet Current => _current;

    internal KeySetFetcher? Fetcher => _fetcher;

    /// <summary>Signs with another private key from now on, and goes on verifying tokens of every key before it.</summary>
    /// <remarks>
    /// Other services must have the new public key before the first token of it reaches them. Where they fetch this service's key set,
    /// they do. Where they do not, or where several instances of this service sign, call <see cref="AddPublic"/> everywhere first.
    /// </remarks>
    /// <param name="privateKey">The key to sign with from now on.</param>
    /// <exception cref="ArgumentNullException"><paramref name="privateKey"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">The key cannot be used.</exception>
    /// <exception cref="ApiJwtException">There are 32 keys already, and other services take no longer key set: <see cref="Remove"/> old ones.</exception>
    public void Rotate(string privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        RotateTo(ReadPrivate(privateKey, nameof(privateKey)));
    }

    /// <summary>Signs with a key that is elsewhere from now on, and goes on verifying tokens of every key before it.</summary>
    /// <inheritdoc cref="Rotate(string)" path="/remarks"/>
    /// <param name="signer">What signs from now on.</param>
    /// <exception cref="ArgumentNullException"><paramref name="signer"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">The public half of the signer cannot be used.</exception>
    /// <exception cref="ApiJwtException">There are 32 keys already, and other services take no longer key set: <see cref="Remove"/> old ones.</exception>
    public void Rotate(TokenSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        RotateTo(SigningKey.Of(signer));
    }

    /// <summary>Forgets one key: tokens that it signed are refused from now on, those that were verified before included.</summary>
    /// <param name="keyId">One of <see cref="KeyIds"/>, or the <c>kid</c> that a fetched key set gave the key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keyId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">No key has this id, or it is the key that signs.</exception>
    public void Remove(string keyId)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        Change(sources => sources.Remove(keyId));
    }

    /// <summary>Replaces the public keys, the private key, or both, as <c>override_keys</c> of the Python library does. What is left out stays.</summary>
    /// <remarks>
    /// The half of the private key that signed before goes with it, and its tokens are refused from then on, unless its public key
    /// is listed in the settings, in the key set, or in <paramref name="publicKeys"/>. To keep its tokens, call <see cref="Rotate(string)"/>.
    /// </remarks>
    /// <param name="publicKeys">The keys to verify with from now on, beside the private key's own public half.</param>
    /// <param name="privateKey">The key to sign with from now on.</param>
    /// <exception cref="KeyFormatException">A key cannot be used, or <paramref name="publicKeys"/> is empty.</exception>
    /// <exception cref="ApiJwtException">Neither is given.</exception>
    public void Override(IEnumerable<string>? publicKeys = null, string? privateKey = null)
    {
        if (publicKeys is null && privateKey is null)
            throw new ApiJwtException("KeyRing.Override was given no key. Pass publicKeys, privateKey or both; KeyRing.Reset goes back to the constructor's keys.");
        var faults = new List<string>();
        IReadOnlyList<PublishedKey>? newPublic = publicKeys is null ? null : ReadPublic(publicKeys, faults);
        SigningKey? newPrivate = privateKey is null ? null : KeyTexts.ReadPrivate(privateKey, nameof(privateKey), faults);
        ThrowIfAny(faults);
        Change(sources => sources.Override(newPublic, newPrivate));
    }

    /// <summary>Adds public keys to those that tokens are verified with. A key that is there already is not added twice.</summary>
    /// <param name="publicKeys">One or more keys.</param>
    /// <exception cref="ArgumentNullException"><paramref name="publicKeys"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">A key cannot be used, or there is none.</exception>
    public void AddPublic(params string[] publicKeys)
    {
        ArgumentNullException.ThrowIfNull(publicKeys);
        var faults = new List<string>();
        IReadOnlyList<PublishedKey> added = ReadPublic(publicKeys, faults);
        ThrowIfAny(faults);
        Change(sources => sources.AddPublic(added));
    }

    /// <summary>Forgets all changes made by calls: the keys of the settings and of the fetched key set are in force again.</summary>
    public void Reset() => Change(sources => sources.Reset());

    /// <summary>
    /// Takes <see cref="ApiJwtOptions.PrivateKey"/>, <see cref="ApiJwtOptions.PublicKeys"/>, <see cref="ApiJwtOptions.JwksUri"/> and what stands
    /// in the key files from changed settings.
    /// </summary>
    /// <remarks>
    /// Changes made by calls stay, except that a private key which is new in the settings signs from now on. All other settings stay
    /// what they were when the <see cref="ApiJwt"/> was constructed.
    /// </remarks>
    /// <param name="options">The changed settings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">A key cannot be used; nothing changes.</exception>
    /// <exception cref="ApiJwtException">There is no key, or the address cannot be used; nothing changes.</exception>
    public void Reload(ApiJwtOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsCheck.ThrowIfUnusable(options);
        ConfiguredKeys configured = ConfiguredKeys.Read(options);
        Change(sources => sources.Reload(configured));
    }

    /// <summary>Fetches the key set of <see cref="ApiJwtOptions.JwksUri"/>, and ends when it has been fetched or could not be. Does nothing without an address.</summary>
    /// <remarks>
    /// Decoding fetches by itself: a set that is older than ten minutes in the background, and at once when a token names an unknown
    /// key. Call this when the service starts, and every ten minutes, so that the first token does not wait. A failure is in
    /// <see cref="FetchStatus"/> and in the log.
    /// </remarks>
    /// <param name="cancellationToken">Ends the waiting, not the fetch.</param>
    public Task RefreshAsync(CancellationToken cancellationToken = default) =>
        _fetcher?.FetchAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>The public keys as a JSON Web Key Set (RFC 7517, section 5), for other services to verify with.</summary>
    /// <returns>A JSON text with <c>kty</c>, <c>use</c>, <c>alg</c>, <c>kid</c>, <c>n</c> and <c>e</c> of every key.</returns>
    public string ToJwks() => _current.ToJwks();

    /// <summary>Takes over a fetched key set, unless the settings name another address by now.</summary>
    /// <returns>Whether the keys in force changed.</returns>
    internal bool Use(KeySetFetcher fetcher, IReadOnlyList<PublishedKey> keySet) =>
        Change(sources => fetcher == _fetcher ? sources.Fetch(keySet) : sources);

    /// <summary>Takes over what stands in the key files, unless the settings name others by now.</summary>
    internal void Use(KeyFileFollower follower, Func<ConfiguredKeys, ConfiguredKeys> read) =>
        Change(sources => follower == _follower ? sources.Reload(read(sources.Configured)) : sources);

    private void RotateTo(SigningKey signingKey) => Change(sources =>
    {
        KeySources rotated = sources.Rotate(signingKey);
        return rotated.VerificationKeys.Count <= KeySetDocument.MostKeys ? rotated
            : throw new ApiJwtException($"The key set would have {rotated.VerificationKeys.Count} keys, and other services accept at most {KeySetDocument.MostKeys}. Call KeyRing.Remove for keys whose last token has expired.");
    });

    private static SigningKey ReadPrivate(string privateKey, string name)
    {
        var faults = new List<string>();
        SigningKey? signingKey = KeyTexts.ReadPrivate(privateKey, name, faults);
        ThrowIfAny(faults);
        return signingKey!;
    }

    private static IReadOnlyList<PublishedKey> ReadPublic(IEnumerable<string> publicKeys, List<string> faults)
    {
        IReadOnlyList<PublishedKey> verificationKeys = KeyTexts.ReadPublic(publicKeys, nameof(publicKeys), isList: true, faults);
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
        sources.Configured.JwksUri is { } address ? new KeySetFetcher(address, this, _time, _createClient ?? KeySetClient.For(address), _logger) : null;

    private KeyFileFollower? FollowerOf(KeySources sources) =>
        sources.Configured.Files is { } files ? new KeyFileFollower(files, sources.Configured.FileDigest, this, _time, _logger) : null;

    private bool Change(Func<KeySources, KeySources> change)
    {
        KeySet changed;
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
            IReadOnlyList<PublishedKey> verificationKeys = _sources.VerificationKeys;
            // The same keys again must not empty the cache of verified tokens.
            if (_current.IsSameAs(signingKey, verificationKeys))
                return false;
            _current = changed = new KeySet(signingKey, verificationKeys, _cacheSize);
        }

        Log.KeysChanged(_logger, string.Join(", ", changed.KeyIds), changed.SigningKey?.PublicKey.KeyId ?? "none");
        return true;
    }
}
