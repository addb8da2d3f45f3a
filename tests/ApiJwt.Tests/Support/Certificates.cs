using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hudya.Tests.Support;

/// <summary>Makes certificates, and the containers in which tools store certificates and keys.</summary>
public static class Certificates
{
    private const string Sha256WithRsa = "1.2.840.113549.1.1.11";

    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A certificate for a key, signed by the issuer, or self-signed without one.</summary>
    public static X509Certificate2 Issue(string name, RsaKeyPair pair, X509Certificate2? issuer = null)
    {
        using RSA key = TestKeys.RsaOf(pair.PrivateKeyPem);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        // openssl req -x509 adds this extension to every certificate.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        if (issuer is null)
            return request.CreateSelfSigned(Start, Start.AddYears(20));
        using X509Certificate2 issued = request.Create(issuer, Start, Start.AddYears(19), [1, 2, 3]);
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate of version 1 (without the version field) with serial number 0, so that it begins like a certificate request.</summary>
    public static string PemOfVersion1(RsaKeyPair pair)
    {
        using RSA key = TestKeys.RsaOf(pair.PrivateKeyPem);
        var content = new AsnWriter(AsnEncodingRules.DER);
        using (content.PushSequence())
        {
            content.WriteInteger(0);
            WriteAlgorithm(content);
            content.WriteEncodedValue(new X500DistinguishedName("CN=auth").RawData);
            using (content.PushSequence())
            {
                content.WriteUtcTime(Start);
                content.WriteUtcTime(Start.AddYears(20));
            }

            content.WriteEncodedValue(new X500DistinguishedName("CN=auth").RawData);
            content.WriteEncodedValue(key.ExportSubjectPublicKeyInfo());
        }

        var certificate = new AsnWriter(AsnEncodingRules.DER);
        using (certificate.PushSequence())
        {
            certificate.WriteEncodedValue(content.Encode());
            WriteAlgorithm(certificate);
            certificate.WriteBitString(key.SignData(content.Encode(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

        return KeyForge.Pem("CERTIFICATE", certificate.Encode());
    }

    /// <summary>A PKCS#12 container.</summary>
    public static byte[] Pfx(RsaKeyPair pair, string? password = "")
    {
        using X509Certificate2 certificate = Issue("auth", pair);
        return certificate.Export(X509ContentType.Pkcs12, password);
    }

    /// <summary>A PKCS#7 container without a signature.</summary>
    public static byte[] Bundle(RsaKeyPair pair)
    {
        using X509Certificate2 certificate = Issue("auth", pair);
        return new X509Certificate2Collection(certificate).Export(X509ContentType.Pkcs7)!;
    }

    /// <summary>A PKCS#10 certificate request.</summary>
    public static byte[] Request(RsaKeyPair pair)
    {
        using RSA key = TestKeys.RsaOf(pair.PrivateKeyPem);
        return new CertificateRequest("CN=auth", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Sha256WithRsa);
            writer.WriteNull();
        }
    }
}
