using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>A public key, ready to check signatures from many threads.</summary>
internal sealed class VerificationKey
{
    private readonly byte[] _modulus;
    private readonly SignatureProvider _provider;

    public VerificationKey(RsaPublicKey publicKey)
    {
        _modulus = publicKey.Numbers.Modulus!;
        // The factory stands on the key as well: without one of its own, a key asks the process-wide factory, which other code can change.
        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var securityKey = new RsaSecurityKey(publicKey.Numbers) { CryptoProviderFactory = factory };
        // Never disposed: another thread may be verifying with it. The handles go when the key set is collected.
        _provider = factory.CreateForVerifying(securityKey, SecurityAlgorithms.RsaSha256);
    }

    public bool Verify(byte[] input, int length, byte[] signature)
    {
        // RFC 8017, sections 8.2.2 and 5.2.2, step 1 of each. Platforms differ in what they do with a signature of another length, or
        // with one that is not below the modulus; Linux refuses both.
        if (signature.Length != _modulus.Length || _modulus.AsSpan().SequenceCompareTo(signature) <= 0)
            return false;
        try
        {
            return _provider.Verify(input, 0, length, signature, 0, signature.Length);
        }
        catch (CryptographicException)
        {
            // Some platforms throw for a signature that they cannot work with. Linux returns false.
            return false;
        }
    }
}
