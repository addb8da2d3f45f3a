using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ApiJwts;

/// <summary>
/// Signs tokens with a private key that the library does not read, such as a key in a hardware security module, a key vault or a
/// certificate store. Derive from this class, or call <see cref="FromRsa"/> if .NET represents the key as an <see cref="RSA"/>.
/// </summary>
/// <remarks>Implementations must be thread-safe, because several threads may issue tokens concurrently.</remarks>
public abstract class TokenSigner
{
    /// <summary>The public key, in a form that <see cref="ApiJwtOptions.PublicKeys"/> describes.</summary>
    public abstract string PublicKey { get; }

    /// <summary>Signs with RS256: RSASSA-PKCS1-v1_5 and SHA-256 (RFC 7518, section 3.3).</summary>
    /// <param name="signingInput">The JWS signing input (RFC 7515, section 5.1).</param>
    /// <param name="cancellationToken">Cancels the signing.</param>
    /// <returns>The signature. It has the length of the modulus.</returns>
    public abstract ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken);

    /// <summary>Creates a signer for an <see cref="RSA"/>. The caller owns the key, and must not dispose it while tokens are issued.</summary>
    /// <param name="rsa">The private key. Its signing must be thread-safe, as it is for the implementations of .NET.</param>
    /// <returns>The signer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rsa"/> is <see langword="null"/>.</exception>
    public static TokenSigner FromRsa(RSA rsa)
    {
        ArgumentNullException.ThrowIfNull(rsa);
        return new RsaSigner(rsa);
    }

    /// <summary>
    /// Creates a signer for the private key of a certificate, which may be in a certificate store or on a smart card. The caller owns the
    /// certificate, and must not dispose it while tokens are issued.
    /// </summary>
    /// <remarks>The dates and the issuer of the certificate are not checked.</remarks>
    /// <param name="certificate">A certificate with an RSA private key.</param>
    /// <returns>The signer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">The certificate has no private key, or its key is not an RSA key.</exception>
    /// <exception cref="CryptographicException">The platform does not give access to the private key.</exception>
    public static TokenSigner FromCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.HasPrivateKey)
            throw new KeyFormatException(["The certificate has no private key here. Load it with its private key, from a PFX file or a certificate store."]);
        return new RsaSigner(certificate.GetRSAPrivateKey() ?? throw new KeyFormatException([$"The certificate cannot sign: {KeyDer.NotRsa(certificate.PublicKey.Oid.Value)}"]));
    }
}
