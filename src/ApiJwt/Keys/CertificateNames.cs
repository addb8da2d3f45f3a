namespace ApiJwts;

/// <summary>The subject and the issuer of a certificate, as DER.</summary>
internal sealed record CertificateNames(byte[] Subject, byte[] Issuer)
{
    public bool IsIssuerOf(CertificateNames other) => other.Issuer.AsSpan().SequenceEqual(Subject) && !other.Subject.AsSpan().SequenceEqual(Subject);
}
