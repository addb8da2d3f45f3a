using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>A snapshot of the keys in force, with the cache of the tokens that they verified.</summary>
/// <remarks>
/// Thread-safe. Only the cache and the key that is tried first can change. A decode that runs during a change of the keys uses one
/// snapshot for its whole duration.
/// </remarks>
internal sealed class EffectiveKeys
{
    private readonly List<RsaVerifier> _loaded = [];
    // Two keys of a key set may have the same id (RFC 7517, section 4.5).
    private readonly Dictionary<string, List<RsaVerifier>> _loadedById = new(StringComparer.Ordinal);
    private volatile RsaVerifier? _lastMatch;

    public EffectiveKeys(SigningKey? signingKey, IReadOnlyList<TrustedKey> verificationKeys, int cacheSize)
    {
        SigningKey = signingKey;
        VerificationKeys = verificationKeys;
        Cache = cacheSize == 0 ? null : new VerifiedTokenCache(cacheSize);
        foreach (TrustedKey verificationKey in verificationKeys)
        {
            var loaded = new RsaVerifier(verificationKey.PublicKey);
            _loaded.Add(loaded);
            Index(verificationKey.KeyId, loaded);
            if (verificationKey.PublishedId is { } publishedId && publishedId != verificationKey.KeyId)
                Index(publishedId, loaded);
        }
    }

    /// <summary>The signing key; <see langword="null"/> in a service that only verifies.</summary>
    public SigningKey? SigningKey { get; }

    /// <summary>The verification keys. The public key of the signing key is the first.</summary>
    public IReadOnlyList<TrustedKey> VerificationKeys { get; }

    /// <summary>The cache of verified tokens; <see langword="null"/> if it is disabled. Each snapshot has its own, so that a change of the keys invalidates cached tokens.</summary>
    public VerifiedTokenCache? Cache { get; }

    public IEnumerable<string> KeyIds => VerificationKeys.Select(key => key.KeyId);

    public bool Knows(string keyId) => _loadedById.ContainsKey(keyId);

    /// <summary>Whether a snapshot of these keys would be equivalent.</summary>
    public bool IsSameAs(SigningKey? signingKey, IReadOnlyList<TrustedKey> verificationKeys) =>
        SigningKey == signingKey && VerificationKeys.Select(IdsOf).SequenceEqual(verificationKeys.Select(IdsOf));

    /// <summary>Verifies a signature.</summary>
    /// <param name="keyId">The <c>kid</c> of the token; <see langword="null"/> if it has none. It is untrusted, and only selects one of the verification keys.</param>
    /// <param name="input">A buffer that starts with the signing input.</param>
    /// <param name="length">The length of the signing input in bytes.</param>
    /// <param name="signature">The signature.</param>
    public KeyMatch Verify(string? keyId, byte[] input, int length, byte[] signature)
    {
        if (keyId is not null && _loadedById.TryGetValue(keyId, out List<RsaVerifier>? named))
            return named.Exists(key => key.Verify(input, length, signature)) ? KeyMatch.Good : KeyMatch.Wrong;
        // Most services get the tokens of one issuer. Trying the last key that matched first usually saves the RSA operations of the others.
        RsaVerifier? last = _lastMatch;
        if (last?.Verify(input, length, signature) == true)
            return KeyMatch.Good;
        foreach (RsaVerifier key in _loaded)
        {
            if (key != last && key.Verify(input, length, signature))
            {
                _lastMatch = key;
                return KeyMatch.Good;
            }
        }

        return KeyMatch.Unknown;
    }

    /// <summary>The verification keys as a JSON Web Key Set (RFC 7517). The <c>kid</c> of each is its RFC 7638 thumbprint.</summary>
    public string ToJwks()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (RsaPublicKey publicKey in VerificationKeys.Select(key => key.PublicKey))
            {
                json.WriteStartObject();
                json.WriteString("kty", "RSA");
                json.WriteString("use", "sig");
                json.WriteString("alg", SecurityAlgorithms.RsaSha256);
                json.WriteString("kid", publicKey.KeyId);
                json.WriteString("n", Base64UrlEncoder.Encode(publicKey.Numbers.Modulus));
                json.WriteString("e", Base64UrlEncoder.Encode(publicKey.Numbers.Exponent));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string IdsOf(TrustedKey verificationKey) => $"{verificationKey.KeyId} {verificationKey.PublishedId}";

    private void Index(string keyId, RsaVerifier loaded)
    {
        if (!_loadedById.TryGetValue(keyId, out List<RsaVerifier>? sameId))
            _loadedById[keyId] = sameId = [];
        sameId.Add(loaded);
    }
}
