using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>One public key, ready to check signatures from many threads.</summary>
internal sealed class VerificationKey
{
    private readonly RsaKey _key;
    private readonly SignatureProvider _provider;

    public VerificationKey(RsaKey key)
    {
        _key = key.PublicHalf();
        // On the key as well: what a key does without one of its own is up to the process-wide default factory.
        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var securityKey = new RsaSecurityKey(_key.Parameters) { CryptoProviderFactory = factory };
        // Never disposed: another thread may be verifying with it. The handles go when the key set is collected.
        _provider = factory.CreateForVerifying(securityKey, SecurityAlgorithms.RsaSha256);
    }

    public string KeyId => _key.Thumbprint;

    public bool Verify(byte[] signingInput, int length, byte[] signature)
    {
        // RFC 8017, section 8.2.2, step 1; the platforms differ in what they do with another length.
        if (signature.Length != _key.ModulusLength)
            return false;
        try
        {
            return _provider.Verify(signingInput, 0, length, signature, 0, signature.Length);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void WriteJwk(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kty", "RSA");
        json.WriteString("use", "sig");
        json.WriteString("alg", SecurityAlgorithms.RsaSha256);
        json.WriteString("kid", KeyId);
        json.WriteString("n", Base64UrlEncoder.Encode(_key.Parameters.Modulus));
        json.WriteString("e", Base64UrlEncoder.Encode(_key.Parameters.Exponent));
        json.WriteEndObject();
    }
}
