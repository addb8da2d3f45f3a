using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>A public key that verifies signatures. Thread-safe.</summary>
internal sealed class RsaVerifier
{
    private readonly byte[] _modulus;
    private readonly SignatureProvider _provider;

    public RsaVerifier(RsaPublicKey publicKey)
    {
        _modulus = publicKey.Numbers.Modulus!;
        // The key has its own factory, because other code can change the process-wide default that it would use otherwise.
        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var securityKey = new RsaSecurityKey(publicKey.Numbers) { CryptoProviderFactory = factory };
        // Not disposed, because another thread may be using it. Its finalizer releases the handles.
        _provider = factory.CreateForVerifying(securityKey, SecurityAlgorithms.RsaSha256);
    }

    public bool Verify(byte[] input, int length, byte[] signature)
    {
        // Step 1 of RFC 8017, sections 8.2.2 and 5.2.2, because not all platforms refuse a signature of the wrong length or one that is not
        // less than the modulus.
        if (signature.Length != _modulus.Length || _modulus.AsSpan().SequenceCompareTo(signature) <= 0)
            return false;
        try
        {
            return _provider.Verify(input, 0, length, signature, 0, signature.Length);
        }
        catch (CryptographicException)
        {
            // Some platforms throw for an invalid signature instead of returning false.
            return false;
        }
    }
}
