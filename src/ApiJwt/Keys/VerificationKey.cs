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
        _provider = CreateProvider();
    }

    public string KeyId => _key.Thumbprint;

    public bool Verify(byte[] signingInput, int length, byte[] signature)
    {
        // RFC 8017, sections 8.2.2 and 5.2.2, step 1 of each: the platforms differ in what they do with a signature of another
        // length, or one that is no number below the modulus.
        ReadOnlySpan<byte> modulus = _key.Parameters.Modulus;
        if (signature.Length != modulus.Length || modulus.SequenceCompareTo(signature) <= 0)
            return false;
        try
        {
            return _provider.Verify(signingInput, 0, length, signature, 0, signature.Length);
        }
        catch (CryptographicException)
        {
            // A signature that the platform cannot work with is not a good one.
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

    // Never disposed: another thread may be verifying with it. The handles go when the key set is collected.
    private SignatureProvider CreateProvider()
    {
        // On the key as well: what a key does without one of its own is up to the process-wide default factory.
        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var securityKey = new RsaSecurityKey(_key.Parameters) { CryptoProviderFactory = factory };
        return factory.CreateForVerifying(securityKey, SecurityAlgorithms.RsaSha256);
    }
}
