using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ApiJwts;

/// <summary>Reads one DER structure, and accepts only an RSA key for RS256. The structure determines the form; a PEM label is ignored.</summary>
internal static class KeyDer
{
    public const string EncryptedFault =
        "this is an encrypted private key. Decrypt it first: openssl pkey -in key.pem -out plain.pem";

    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    private const int LengthOfTag = 4;

    private const string Damaged = "the key is damaged, or has bytes after its end. Export it once more.";

    private enum Form
    {
        Unknown,
        SubjectPublicKeyInfo,
        Pkcs1Public,
        Certificate,
        CertificateRequest,
        Pkcs7,
        Pkcs8,
        Pkcs1Private,
        Pkcs12,
        Sec1Private,
        EncryptedPkcs8,
    }

    /// <summary>The fault of a key for another algorithm.</summary>
    /// <param name="algorithm">The object identifier of the algorithm.</param>
    public static string NotRsa(string? algorithm) => $"this is {NameOf(algorithm)}. RS256 takes an RSA key: openssl genrsa -out key.pem 2048";

    /// <summary>Creates a signing key; <see langword="null"/> if the key must not be used.</summary>
    /// <param name="rsa">An RSA key with its private half. The signer keeps it and does not dispose it; its finalizer releases the handle.</param>
    /// <param name="fault">Why the key must not be used; <see langword="null"/> if it can.</param>
    public static SigningKey? SigningKeyOf(RSA rsa, out string? fault)
    {
        var publicKey = RsaPublicKey.Of(rsa);
        fault = KeyStrength.FaultOf(publicKey);
        return fault is null ? SigningKey.Of(new RsaSigner(rsa), publicKey) : null;
    }

    /// <summary>Reads the key; <see langword="null"/> if it cannot be used. <paramref name="fault"/> then has the reason.</summary>
    public static KeyBlock? Read(ReadOnlyMemory<byte> der, out string? fault)
    {
        try
        {
            CertificateNames? certificate = null;
            (Form form, string? algorithm) = Recognise(der);
            if (form == Form.Certificate)
            {
                // Only the key of the certificate is used. Its dates and its signature are not checked.
                using X509Certificate2 parsed = X509Certificate2.CreateFromPem(PemEncoding.Write("CERTIFICATE", der.Span));
                certificate = new CertificateNames(parsed.SubjectName.RawData, parsed.IssuerName.RawData);
                der = parsed.PublicKey.ExportSubjectPublicKeyInfo();
                (form, algorithm) = Recognise(der);
            }

            fault = FaultOf(form, algorithm);
            return fault is not null ? null
                : form is Form.Pkcs8 or Form.Pkcs1Private ? ReadPrivate(der.Span, form, out fault)
                : ReadPublic(der, form, certificate, out fault);
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException or OverflowException)
        {
            fault = Damaged;
            return null;
        }
    }

    private static (Form Form, string? Algorithm) Recognise(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.BER);
        AsnReader body = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        if (body.PeekTag() == Asn1Tag.ObjectIdentifier)
            return (Form.Pkcs7, null);
        if (body.PeekTag() == Asn1Tag.Integer)
        {
            BigInteger first = body.ReadInteger();
            return body.PeekTag() switch
            {
                { } tag when tag == Asn1Tag.Sequence && first == 3 => (Form.Pkcs12, null),
                { } tag when tag == Asn1Tag.Sequence => (Form.Pkcs8, body.ReadSequence().ReadObjectIdentifier()),
                { } tag when tag == Asn1Tag.PrimitiveOctetString => (Form.Sec1Private, null),
                { } tag when tag == Asn1Tag.Integer && first.IsZero => (Form.Pkcs1Private, RsaEncryption),
                { } tag when tag == Asn1Tag.Integer => (Form.Pkcs1Public, RsaEncryption),
                _ => (Form.Unknown, null),
            };
        }

        AsnReader head = body.ReadSequence();
        if (head.PeekTag() != Asn1Tag.ObjectIdentifier)
            return (IsRequest(head) ? Form.CertificateRequest : Form.Certificate, null);
        Asn1Tag next = body.PeekTag();
        return next == Asn1Tag.PrimitiveBitString
            ? (Form.SubjectPublicKeyInfo, head.ReadObjectIdentifier())
            : (next == Asn1Tag.PrimitiveOctetString ? Form.EncryptedPkcs8 : Form.Unknown, null);
    }

    /// <summary>Whether this is a certificate request (RFC 2986, section 4.1): version 0, then a name. A version 1 certificate also starts with an integer, but an algorithm follows it.</summary>
    private static bool IsRequest(AsnReader info)
    {
        if (info.PeekTag() != Asn1Tag.Integer || !info.ReadInteger().IsZero || info.PeekTag() != Asn1Tag.Sequence)
            return false;
        AsnReader name = info.ReadSequence();
        return !name.HasData || name.PeekTag() == Asn1Tag.SetOf;
    }

    private static string? FaultOf(Form form, string? algorithm) => form switch
    {
        Form.Unknown => "the format of the key is not recognized. Give an RSA key as PEM.",
        Form.EncryptedPkcs8 => EncryptedFault,
        Form.Pkcs7 => "this is a PKCS#7 bundle of certificates (.p7b). Extract them with: openssl pkcs7 -in certificates.p7b -print_certs -out certificates.pem. Add -inform DER if the file is not PEM.",
        Form.Pkcs12 => "this is a PKCS#12 file (.pfx, .p12). Name it in CertificateFile, or extract the private key with: openssl pkcs12 -in key.pfx -nocerts -nodes -out key.pem. For the certificate: openssl pkcs12 -in key.pfx -clcerts -nokeys -out certificate.pem",
        Form.CertificateRequest => "this is a certificate request (.csr). Extract the public key with: openssl req -in request.csr -noout -pubkey. Add -inform DER if the file is not PEM.",
        Form.Sec1Private => NotRsa("1.2.840.10045.2.1"),
        _ when algorithm != RsaEncryption => NotRsa(algorithm),
        _ => null,
    };

    private static string NameOf(string? algorithm) => algorithm switch
    {
        "1.2.840.10045.2.1" => "an EC key",
        "1.2.840.113549.1.1.10" => "a key for RSA-PSS only",
        "1.3.101.112" or "1.3.101.113" => "an Ed25519 or Ed448 key",
        "1.3.101.110" or "1.3.101.111" => "an X25519 or X448 key",
        "1.2.840.10040.4.1" => "a DSA key",
        _ => "not an RSA key",
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "The signer keeps it.")]
    private static KeyBlock? ReadPrivate(ReadOnlySpan<byte> der, Form form, out string? fault)
    {
        var rsa = RSA.Create();
        if (form == Form.Pkcs8)
        {
            rsa.ImportPkcs8PrivateKey(der, out _);
        }
        else
        {
            byte[] pkcs8 = ToPkcs8(der);
            try
            {
                rsa.ImportPkcs8PrivateKey(pkcs8, out _);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(pkcs8);
            }
        }

        return SigningKeyOf(rsa, out fault) is { } signingKey ? new KeyBlock(signingKey.PublicKey, signingKey) : null;
    }

    /// <summary>
    /// Wraps a PKCS#1 key in PKCS#8 (RFC 5208, section 5). <see cref="RSA.ImportRSAPrivateKey"/> does the same, but does not overwrite its
    /// copy of the key.
    /// </summary>
    private static byte[] ToPkcs8(ReadOnlySpan<byte> pkcs1)
    {
        // Version 0, and the algorithm rsaEncryption with NULL parameters.
        ReadOnlySpan<byte> head = [0x02, 0x01, 0x00, 0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00];
        byte[] pkcs8 = GC.AllocateArray<byte>(LengthOfTag + head.Length + LengthOfTag + pkcs1.Length, pinned: true);
        WriteTag(pkcs8, 0x30);
        head.CopyTo(pkcs8.AsSpan(LengthOfTag));
        WriteTag(pkcs8.AsSpan(LengthOfTag + head.Length), 0x04);
        pkcs1.CopyTo(pkcs8.AsSpan(^pkcs1.Length..));
        return pkcs8;

        // A length of two bytes suffices for every supported key size.
        static void WriteTag(Span<byte> rest, byte tag)
        {
            rest[0] = tag;
            rest[1] = 0x82;
            BinaryPrimitives.WriteUInt16BigEndian(rest[2..], checked((ushort)(rest.Length - LengthOfTag)));
        }
    }

    private static KeyBlock? ReadPublic(ReadOnlyMemory<byte> der, Form form, CertificateNames? certificate, out string? fault)
    {
        var publicKey = new RsaPublicKey(ReadNumbers(der, form));
        fault = KeyStrength.FaultOf(publicKey);
        return fault is null ? new KeyBlock(publicKey, Certificate: certificate) : null;
    }

    /// <summary>
    /// Reads the modulus and the exponent (RFC 8017, appendix A.1.1). The import methods of the platforms are not used, because some of them accept
    /// negative numbers or ignore trailing bytes.
    /// </summary>
    private static RSAParameters ReadNumbers(ReadOnlyMemory<byte> der, Form form)
    {
        if (form == Form.SubjectPublicKeyInfo)
        {
            AsnReader info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            info.ReadSequence();
            der = info.ReadBitString(out int unusedBits);
            info.ThrowIfNotEmpty();
            // ReadBitString clears unused bits, which would change the exponent.
            if (unusedBits != 0)
                throw new AsnContentException();
        }

        var reader = new AsnReader(der, AsnEncodingRules.BER);
        AsnReader numbers = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        BigInteger modulus = numbers.ReadInteger();
        BigInteger exponent = numbers.ReadInteger();
        numbers.ThrowIfNotEmpty();
        if (modulus.Sign <= 0 || exponent.Sign <= 0)
            throw new AsnContentException();
        return new RSAParameters { Modulus = ToBytes(modulus), Exponent = ToBytes(exponent) };

        static byte[] ToBytes(BigInteger number) => number.ToByteArray(isUnsigned: true, isBigEndian: true);
    }
}
