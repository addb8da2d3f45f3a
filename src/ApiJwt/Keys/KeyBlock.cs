namespace ApiJwts;

/// <summary>The key of one DER structure.</summary>
/// <param name="PublicKey">Its public half.</param>
/// <param name="SigningKey">The whole key, where the structure holds a private one.</param>
/// <param name="Certificate">The names of the certificate that holds the key, where it is one.</param>
internal sealed record KeyBlock(RsaPublicKey PublicKey, SigningKey? SigningKey = null, CertificateNames? Certificate = null)
{
    /// <summary>Where in its text the block stands, in words that go before a fault; empty if it stands alone.</summary>
    public string Place { get; init; } = "";
}
