namespace ApiJwts;

/// <summary>The key of one DER structure.</summary>
/// <param name="PublicKey">The public key.</param>
/// <param name="SigningKey">The signing key; <see langword="null"/> if the structure has no private key.</param>
/// <param name="Certificate">The names of the certificate; <see langword="null"/> if the structure is not a certificate.</param>
internal sealed record KeyBlock(RsaPublicKey PublicKey, SigningKey? SigningKey = null, CertificateNames? Certificate = null)
{
    /// <summary>The position of the block in its text, as a prefix for faults; empty if it is the only block.</summary>
    public string Place { get; init; } = "";
}
