using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>
/// The keys in force at one moment, and what was verified with them. Immutable, so that a decode which began before a
/// key change ends with the keys, and in the cache, that it began with.
/// </summary>
internal sealed class KeySet
{
    private readonly VerificationKey[] _keys;
    private readonly Dictionary<string, VerificationKey> _byKeyId;

    public KeySet(IReadOnlyList<RsaKey> publicKeys, RsaKey? privateKey, int cacheSize)
    {
        PublicKeys = [.. publicKeys.DistinctBy(key => key.Thumbprint)];
        PrivateKey = privateKey;
        // A service that issues tokens can verify them without being given the public half as well.
        IEnumerable<RsaKey> verifying = privateKey is null ? PublicKeys : PublicKeys.Prepend(privateKey.PublicHalf());
        _keys = [.. verifying.DistinctBy(key => key.Thumbprint).Select(key => new VerificationKey(key))];
        _byKeyId = _keys.ToDictionary(key => key.KeyId, StringComparer.Ordinal);
        Signing = privateKey is null ? null : SigningKey.CredentialsOf(privateKey);
        Cache = cacheSize == 0 ? null : new VerifiedTokenCache(cacheSize);
    }

    /// <summary>The public keys that were listed, without the private key's own half.</summary>
    public IReadOnlyList<RsaKey> PublicKeys { get; }

    public RsaKey? PrivateKey { get; }

    /// <summary>What the token handler signs with; <see langword="null"/> without a private key.</summary>
    public SigningCredentials? Signing { get; }

    /// <summary>Belongs to the keys: a new key set begins with an empty cache, whatever other threads still insert into this one.</summary>
    public VerifiedTokenCache? Cache { get; }

    public IEnumerable<string> KeyIds => _keys.Select(key => key.KeyId);

    /// <summary>
    /// Tries the key that <paramref name="keyId"/> names, then all others: the key id is the attacker's to write, so it
    /// only decides what is tried first.
    /// </summary>
    public bool Verify(string? keyId, byte[] signingInput, int length, byte[] signature)
    {
        VerificationKey? named = null;
        if (keyId is not null && _byKeyId.TryGetValue(keyId, out named) && named.Verify(signingInput, length, signature))
            return true;
        foreach (VerificationKey key in _keys)
        {
            if (key != named && key.Verify(signingInput, length, signature))
                return true;
        }

        return false;
    }

    /// <summary>The keys as a JSON Web Key Set (RFC 7517), which by construction has public numbers only.</summary>
    public string ToJwks()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (VerificationKey key in _keys)
                key.WriteJwk(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
