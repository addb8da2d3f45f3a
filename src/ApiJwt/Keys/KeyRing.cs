using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The keys of an <see cref="ApiJwt"/>, which can be changed while it is in use.</summary>
/// <remarks>
/// Thread-safe. A change is atomic: a decode sees the keys from before it or from after it, never a mixture, and a key that
/// is gone stops working at once, for tokens that were verified before as well. Keys are taken in every form that
/// <see cref="ApiJwtOptions.PublicKeys"/> describes. A text that is refused changes nothing.
/// </remarks>
public sealed class KeyRing
{
    private const string EmptyList =
        "publicKeys: the list is empty. Give at least one key: no key never means that every token is accepted.";

    private readonly object _writing = new();
    private readonly int _cacheSize;
    private readonly ILogger _logger;
    // The keys alone: a whole key set would keep its cache of verified tokens alive.
    private (IReadOnlyList<RsaKey> PublicKeys, RsaKey? PrivateKey) _initial;
    private volatile KeySet _current;

    internal KeyRing(IReadOnlyList<RsaKey> publicKeys, RsaKey? privateKey, int cacheSize, ILogger logger)
    {
        _cacheSize = cacheSize;
        _logger = logger;
        _initial = (publicKeys, privateKey);
        _current = new KeySet(publicKeys, privateKey, cacheSize);
    }

    internal static KeyRing FromOptions(ApiJwtOptions options, ILogger logger)
    {
        (List<RsaKey> publicKeys, RsaKey? privateKey) = Read(options);
        return new KeyRing(publicKeys, privateKey, options.VerifiedTokenCacheSize, logger);
    }

    /// <summary>
    /// Replaces all keys, and those that <see cref="Reset"/> goes back to, by those of the options, and by those of the fetched ones that
    /// are still here: one that was taken out of use does not come back. Nothing changes if one of them is refused.
    /// </summary>
    /// <remarks>For ApiJwt.AspNetCore, whose tests hold it to this; so is <see cref="Exchange"/>.</remarks>
    internal void Load(ApiJwtOptions options, IEnumerable<string> fetched)
    {
        (List<RsaKey> publicKeys, RsaKey? privateKey) = Read(options);
        var faults = new List<string>();
        List<RsaKey> known = ReadPublic(fetched, nameof(fetched), faults);
        Change(
            old =>
            {
                RsaKey[] all = [.. publicKeys, .. known.IntersectBy(old.PublicKeys.Select(key => key.Thumbprint), key => key.Thumbprint)];
                _initial = (all, privateKey);
                return new KeySet(all, privateKey, _cacheSize);
            },
            faults);
    }

    /// <summary>
    /// Replaces some public keys by others, and leaves alone what else was done to the keys; those of the options stay, and
    /// <see cref="Reset"/> goes back to them and to the ones that came.
    /// </summary>
    internal void Exchange(IEnumerable<string> gone, IEnumerable<string> come, ApiJwtOptions options)
    {
        (List<RsaKey> publicKeys, RsaKey? privateKey) = Read(options);
        var faults = new List<string>();
        List<RsaKey> added = ReadPublic(come, nameof(come), faults);
        RsaKey[] all = [.. publicKeys, .. added];
        HashSet<string> goneIds = [.. ReadPublic(gone, nameof(gone), faults).Select(key => key.Thumbprint).Except(all.Select(key => key.Thumbprint))];
        Change(
            old =>
            {
                _initial = (all, privateKey);
                return new KeySet([.. old.PublicKeys.Where(key => !goneIds.Contains(key.Thumbprint)), .. added], old.PrivateKey, _cacheSize);
            },
            faults);
    }

    private static (List<RsaKey> PublicKeys, RsaKey? PrivateKey) Read(ApiJwtOptions options)
    {
        var faults = new List<string>();
        string privateName = options.Name(nameof(options.PrivateKey), ApiJwtOptions.PrivateKeyVariable);
        string publicName = options.Name(nameof(options.PublicKeys), ApiJwtOptions.PublicKeyVariable);
        RsaKey? privateKey = ReadPrivate(options.PrivateKey, privateName, faults);
        List<RsaKey> publicKeys = ReadPublic(options.PublicKeys, publicName, faults);
        if (faults.Count > 0)
            throw new KeyFormatException(faults);
        // An empty ring accepts nothing, so a service may start before the auth service that it fetches its keys from.
        return publicKeys.Count > 0 || privateKey is not null || options.JwksUri is not null
            ? (publicKeys, privateKey)
            : throw new ApiJwtException($"There is no key. Set {publicName}{(options.IsJwksFetched ? $" or {options.Name(nameof(options.JwksUri))}" : "")} to verify tokens, or {privateName} to issue and verify them; no key never means that every token is accepted.");
    }

    /// <summary>The key ids (RFC 7638 thumbprints) of all keys that tokens are verified with, in the order they are tried.</summary>
    public IReadOnlyList<string> KeyIds => [.. _current.KeyIds];

    /// <summary>The key id that issued tokens carry as <c>kid</c>; <see langword="null"/> in a service that only verifies.</summary>
    public string? SigningKeyId => _current.PrivateKey?.Thumbprint;

    internal KeySet Current => _current;

    /// <summary>Replaces the public keys, the private key, or both. What is left out stays as it is.</summary>
    /// <remarks>
    /// A private key brings its own public half with it, and takes it along when it goes. To let tokens of the old private key live
    /// on, pass its public key in the same call, or to <see cref="AddPublic"/> before it: after it, there is a gap. In a service that
    /// takes its keys from configuration, this holds until that changes: change it first, or it brings back what it holds. The keys of
    /// an address come back with a change of its key set, if they are still in it.
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
        List<RsaKey>? newPublic = publicKeys is null ? null : ReadPublic(publicKeys, nameof(publicKeys), faults);
        RsaKey? newPrivate = ReadPrivate(privateKey, nameof(privateKey), faults);
        if (newPublic is { Count: 0 } && faults.Count == 0)
            faults.Add(EmptyList);
        Change(old => new KeySet(newPublic ?? old.PublicKeys, newPrivate ?? old.PrivateKey, _cacheSize), faults);
    }

    /// <summary>Adds public keys to those that tokens are verified with. A key that is there already is not added twice.</summary>
    /// <remarks>In a service that takes its keys from configuration, this holds until that changes: add the key there as well.</remarks>
    /// <param name="publicKeys">One or more keys.</param>
    /// <exception cref="KeyFormatException">A key cannot be used, or there is none.</exception>
    public void AddPublic(params string[] publicKeys)
    {
        ArgumentNullException.ThrowIfNull(publicKeys);
        var faults = new List<string>();
        List<RsaKey> added = ReadPublic(publicKeys, nameof(publicKeys), faults);
        if (added.Count == 0 && faults.Count == 0)
            faults.Add(EmptyList);
        Change(old => new KeySet([.. old.PublicKeys, .. added], old.PrivateKey, _cacheSize), faults);
    }

    /// <summary>Goes back to the keys that the constructor was given, or to those that were last taken from the configuration.</summary>
    public void Reset() => Change(_ => new KeySet(_initial.PublicKeys, _initial.PrivateKey, _cacheSize), faults: []);

    /// <summary>The public keys as a JSON Web Key Set (RFC 7517, section 5), for other services to verify with.</summary>
    /// <returns>A JSON text with <c>kty</c>, <c>use</c>, <c>alg</c>, <c>kid</c>, <c>n</c> and <c>e</c> of every key.</returns>
    public string ToJwks() => _current.ToJwks();

    private static RsaKey? ReadPrivate(string? text, string setting, List<string> faults) =>
        text is not null && KeyText.Read(text, setting, wantPrivate: true, faults) is [var key, ..] ? key : null;

    private static List<RsaKey> ReadPublic(IEnumerable<string> texts, string setting, List<string> faults)
    {
        var keys = new List<RsaKey>();
        int index = 0;
        foreach (string text in texts)
        {
            // An environment variable is one text: a number would send people looking for a list.
            string place = setting == ApiJwtOptions.PublicKeyVariable ? setting : $"{setting}[{index++}]";
            keys.AddRange(KeyText.Read(text, place, wantPrivate: false, faults));
        }

        return keys;
    }

    private void Change(Func<KeySet, KeySet> change, List<string> faults)
    {
        if (faults.Count > 0)
            throw new KeyFormatException(faults);
        KeySet changed;
        lock (_writing)
            _current = changed = change(_current);
        Log.KeysChanged(_logger, changed.KeyIds.Count(), changed.PrivateKey?.Thumbprint ?? "none");
    }
}
