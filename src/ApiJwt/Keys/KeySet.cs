using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>The keys in force at one moment, and the tokens that were verified with them.</summary>
/// <remarks>
/// Immutable, but for the cache and for which key is tried first. A decode that began before a change of the keys ends with the keys
/// and the cache that it began with.
/// </remarks>
internal sealed class KeySet
{
    private readonly List<VerificationKey> _loaded = [];
    // A key set may give two keys one id (RFC 7517, section 4.5).
    private readonly Dictionary<string, List<VerificationKey>> _loadedById = new(StringComparer.Ordinal);
    private volatile VerificationKey? _lastMatch;

    public KeySet(SigningKey? signingKey, IReadOnlyList<PublishedKey> verificationKeys, int cacheSize)
    {
        SigningKey = signingKey;
        VerificationKeys = verificationKeys;
        Cache = cacheSize == 0 ? null : new VerifiedTokenCache(cacheSize);
        foreach (PublishedKey verificationKey in verificationKeys)
        {
            var loaded = new VerificationKey(verificationKey.PublicKey);
            _loaded.Add(loaded);
            Index(verificationKey.KeyId, loaded);
            if (verificationKey.PublishedId is { } publishedId && publishedId != verificationKey.KeyId)
                Index(publishedId, loaded);
        }
    }

    /// <summary>What tokens are signed with; <see langword="null"/> in a service that only verifies.</summary>
    public SigningKey? SigningKey { get; }

    /// <summary>The keys that tokens are verified with, the signing key's own half first.</summary>
    public IReadOnlyList<PublishedKey> VerificationKeys { get; }

    /// <summary>Belongs to the keys: with new keys it begins empty, whatever other threads still add to this one.</summary>
    public VerifiedTokenCache? Cache { get; }

    public IEnumerable<string> KeyIds => VerificationKeys.Select(key => key.KeyId);

    public bool Knows(string keyId) => _loadedById.ContainsKey(keyId);

    /// <summary>Whether both would give every token the same verdict.</summary>
    public bool IsSameAs(SigningKey? signingKey, IReadOnlyList<PublishedKey> verificationKeys) =>
        SigningKey == signingKey && VerificationKeys.Select(IdsOf).SequenceEqual(verificationKeys.Select(IdsOf));

    /// <summary>Checks a signature.</summary>
    /// <param name="keyId">The <c>kid</c> of the token. An attacker writes it, so it only chooses among the keys that are here.</param>
    /// <param name="input">What was signed, and more.</param>
    /// <param name="length">How many bytes of <paramref name="input"/> were signed.</param>
    /// <param name="signature">The signature.</param>
    public KeyMatch Verify(string? keyId, byte[] input, int length, byte[] signature)
    {
        if (keyId is not null && _loadedById.TryGetValue(keyId, out List<VerificationKey>? named))
            return named.Exists(key => key.Verify(input, length, signature)) ? KeyMatch.Good : KeyMatch.Wrong;
        // Most services get tokens of one issuer: the key that fitted last costs one operation where all keys would cost one each.
        VerificationKey? last = _lastMatch;
        if (last?.Verify(input, length, signature) == true)
            return KeyMatch.Good;
        foreach (VerificationKey key in _loaded)
        {
            if (key != last && key.Verify(input, length, signature))
            {
                _lastMatch = key;
                return KeyMatch.Good;
            }
        }

        return KeyMatch.Unknown;
    }

    /// <summary>The keys as a JSON Web Key Set (RFC 7517), each with the key id that our own tokens carry.</summary>
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

    private static string IdsOf(PublishedKey verificationKey) => $"{verificationKey.KeyId} {verificationKey.PublishedId}";

    private void Index(string keyId, VerificationKey loaded)
    {
        if (!_loadedById.TryGetValue(keyId, out List<VerificationKey>? sameId))
            _loadedById[keyId] = sameId = [];
        sameId.Add(loaded);
    }
}
