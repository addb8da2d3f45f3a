using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>A key that passed every check of <see cref="KeyText"/>: its numbers, and its name.</summary>
internal sealed class RsaKey(RSAParameters parameters)
{
    /// <summary>The key as IdentityModel wants it, from numbers alone: nobody can dispose it under the provider.</summary>
    public RSAParameters Parameters { get; } = parameters;

    public bool HasPrivate => Parameters.D is not null;

    /// <summary>The RFC 7638 thumbprint, which is the key id on the wire.</summary>
    public string Thumbprint { get; } = Base64UrlEncoder.Encode(new RsaSecurityKey(PublicPart(parameters)).ComputeJwkThumbprint());

    /// <summary>Nothing would show if the private numbers came along; they have no business where signatures are checked.</summary>
    public RsaKey PublicHalf() => HasPrivate ? new RsaKey(PublicPart(Parameters)) : this;

    private static RSAParameters PublicPart(RSAParameters all) => new() { Modulus = all.Modulus, Exponent = all.Exponent };
}

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
        // length, or one that is no number below the modulus. Linux's refuses both by itself.
        ReadOnlySpan<byte> modulus = _key.Parameters.Modulus;
        if (signature.Length != modulus.Length || modulus.SequenceCompareTo(signature) <= 0)
            return false;
        try
        {
            return _provider.Verify(signingInput, 0, length, signature, 0, signature.Length);
        }
        catch (CryptographicException)
        {
            // A signature that the platform cannot work with is not a good one. Linux's says so without an exception.
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
        // It has nothing to cache, since it makes one provider. On the key as well: what a key does without a factory of its own is up
        // to the process-wide default one.
        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var securityKey = new RsaSecurityKey(_key.Parameters) { CryptoProviderFactory = factory };
        return factory.CreateForVerifying(securityKey, SecurityAlgorithms.RsaSha256);
    }
}

/// <summary>
/// Hands the token handler one signature provider, made once. The process-wide default factory has a cache and settings that
/// any other code in the process can change.
/// </summary>
internal sealed class SigningKey : CryptoProviderFactory
{
    private readonly SignatureProvider _provider;

    private SigningKey(RsaSecurityKey key)
    {
        // In both places, of which each would do.
        CacheSignatureProviders = false;
        key.CryptoProviderFactory = this;
        // Never disposed: another thread may be signing with it. The handles go when the key set is collected.
        _provider = base.CreateForSigning(key, SecurityAlgorithms.RsaSha256, cacheProvider: false);
    }

    public static SigningCredentials CredentialsOf(RsaKey key)
    {
        var securityKey = new RsaSecurityKey(key.Parameters) { KeyId = key.Thumbprint };
        return new SigningCredentials(securityKey, SecurityAlgorithms.RsaSha256) { CryptoProviderFactory = new SigningKey(securityKey) };
    }

    public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm) => _provider;

    public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm, bool cacheProvider) => _provider;

    public override void ReleaseSignatureProvider(SignatureProvider signatureProvider)
    {
        // The handler gives back what it takes; this provider stays.
    }
}
