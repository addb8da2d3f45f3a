using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hudya.Tests.Support;

/// <summary>Encodes keys from numbers, so that a test can make keys that the platform refuses to make.</summary>
public static class KeyForge
{
    public const string RsaEncryption = "1.2.840.113549.1.1.1";

    // The public half of the key pair printed in the source of api_jwt. The private half is not copied here.
    private const string PrintedModulus =
        "zkoXUA7qFoRC_f49OB6Qm0K5jdmKkYIsM_USD8lqGsiH7ixMQSoqr7H0RxqILdOHtvHe_QHSG-nqz6Vko6QcfgcI3LIhYiC1munfJXYZkaZ0yUgTjUHy2WIXRCtWNwav9YKpHpe5C7aeSb8-eohw8gfbcwjKTZ8XjHx7mfz7THDqRBZ1UI97V8R7LOFqPAvuDlD3uZfesJHCB6Dpo6YyDDc8LEev8FolxYVnG4fQZNFhONHciuCIxeZ5qnzPqGOykVHPByzVs_J9QXANMgCWD9yVapYwRaYKxMg9lqmRJdPSQ6AMByKBGgN-jxNfokvx2zV7yPKfD_fQ_k_q1FIdNQ";

    public static BigInteger UsualExponent { get; } = 65537;

    /// <summary>An odd number of exactly this many bits, which can be told from a modulus only by factoring it.</summary>
    public static BigInteger Modulus(int bits)
    {
        BigInteger random = new(RandomNumberGenerator.GetBytes((bits + 7) / 8), isUnsigned: true);
        return (random & ((BigInteger.One << bits) - 1)) | (BigInteger.One << (bits - 1)) | BigInteger.One;
    }

    public static BigInteger Number(byte[]? bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    /// <summary>A PKCS#1 RSAPublicKey.</summary>
    public static byte[] Pkcs1Public(BigInteger modulus, BigInteger exponent) => Integers(modulus, exponent);

    /// <summary>A new public key. It has no private half.</summary>
    public static string AnyPublicPem() => Pem("RSA PUBLIC KEY", Pkcs1Public(Modulus(2048), UsualExponent));

    /// <summary>A PKCS#1 RSAPrivateKey with these numbers, which need not fit together.</summary>
    public static byte[] Pkcs1Private(RSAParameters key) => Integers(
        BigInteger.Zero, Number(key.Modulus), Number(key.Exponent), Number(key.D), Number(key.P), Number(key.Q),
        Number(key.DP), Number(key.DQ), Number(key.InverseQ));

    /// <summary>The public key that the source of the Python library api_jwt prints, as SPKI.</summary>
    public static string PrintedPublicPem()
    {
        using var key = RSA.Create(new RSAParameters { Modulus = Forge.Decode(PrintedModulus), Exponent = [1, 0, 1] });
        return key.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary>A SubjectPublicKeyInfo of any algorithm.</summary>
    public static byte[] Spki(string algorithm, byte[] key, Action<AsnWriter>? writeMore = null, int unusedBits = 0) => Der(writer =>
    {
        WriteAlgorithm(writer, algorithm);
        writer.WriteBitString(key, unusedBits);
        writeMore?.Invoke(writer);
    });

    /// <summary>A PKCS#8 PrivateKeyInfo of any algorithm.</summary>
    public static byte[] Pkcs8(string algorithm, byte[] key) => Der(writer =>
    {
        writer.WriteInteger(0);
        WriteAlgorithm(writer, algorithm);
        writer.WriteOctetString(key);
    });

    /// <summary>A self-signed certificate that has expired.</summary>
    public static byte[] Certificate(RSA key)
    {
        using X509Certificate2 certificate = ExpiredCertificate(key);
        return certificate.RawData;
    }

    public static byte[] Certificate(ECDsa key)
    {
        using X509Certificate2 certificate = ExpiredCertificate(key);
        return certificate.RawData;
    }

    /// <summary>A self-signed certificate that has expired, with its private key.</summary>
    public static X509Certificate2 ExpiredCertificate(RSA key) =>
        SelfSigned(new CertificateRequest("CN=api", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static X509Certificate2 ExpiredCertificate(ECDsa key) => SelfSigned(new CertificateRequest("CN=api", key, HashAlgorithmName.SHA256));

    public static string Pem(string label, byte[] der) => PemEncoding.WriteString(label, der);

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The decoded content of a PEM text.</summary>
    public static byte[] DerOf(string pem)
    {
        PemFields fields = PemEncoding.Find(pem);
        return Convert.FromBase64String(pem[fields.Base64Data]);
    }

    public static byte[] Integers(params BigInteger[] numbers) => Der(writer =>
    {
        foreach (BigInteger number in numbers)
            writer.WriteInteger(number);
    });

    private static void WriteAlgorithm(AsnWriter writer, string algorithm)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(algorithm);
    }

    private static byte[] Der(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            write(writer);
        return writer.Encode();
    }

    private static X509Certificate2 SelfSigned(CertificateRequest request)
    {
        var start = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return request.CreateSelfSigned(start, start.AddYears(1));
    }
}
