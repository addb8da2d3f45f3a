using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ApiJwts;

/// <summary>
/// Signs tokens with a key that this library never sees: in a hardware module, a key vault, a certificate store. Derive from it, or
/// take <see cref="FromRsa"/> for everything that .NET shows as an <see cref="RSA"/>.
/// </summary>
/// <remarks>An instance must be thread-safe: tokens are issued from many threads at once.</remarks>
public abstract class TokenSigner
{
    /// <summary>The public half of the key, in every form that <see cref="ApiJwtOptions.PublicKeys"/> describes.</summary>
    public abstract string PublicKey { get; }

    /// <summary>Signs with RSASSA-PKCS1-v1_5 and SHA-256, which is RS256 (RFC 7518, section 3.3).</summary>
    /// <param name="signingInput">The bytes to sign: the ASCII text of header and payload with the dot between them (RFC 7515, section 5.1).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signature, as many bytes as the modulus of the key has.</returns>
    public abstract ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken);

    /// <summary>Signs with an <see cref="RSA"/>, which stays the caller's to dispose, after the last token.</summary>
    /// <param name="rsa">A key with a private half. Its signing must be thread-safe, as that of the platform's own keys is.</param>
    /// <returns>The signer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rsa"/> is <see langword="null"/>.</exception>
    public static TokenSigner FromRsa(RSA rsa)
    {
        ArgumentNullException.ThrowIfNull(rsa);
        return new RsaSigner(rsa);
    }

    /// <summary>
    /// Signs with the private key of a certificate, which may be in a certificate store or on a smart card. The certificate stays the
    /// caller's to dispose, after the last token.
    /// </summary>
    /// <remarks>Of the certificate only the key is used: dates and issuer are not checked.</remarks>
    /// <param name="certificate">A certificate with an RSA key and its private half.</param>
    /// <returns>The signer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> is <see langword="null"/>.</exception>
    /// <exception cref="KeyFormatException">The certificate has no private key here, or one that is not RSA.</exception>
    /// <exception cref="CryptographicException">The platform does not give access to the private key.</exception>
    public static TokenSigner FromCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.HasPrivateKey)
            throw new KeyFormatException(["The certificate has no private key here. Load it with its private key, from a PFX file or a certificate store."]);
        return new RsaSigner(certificate.GetRSAPrivateKey() ?? throw new KeyFormatException([$"The certificate cannot sign: {KeyDer.NotRsa(certificate.PublicKey.Oid.Value)}"]));
    }
}
