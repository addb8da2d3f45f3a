using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ApiJwts;

/// <summary>Reads one DER structure, whatever label stood over it, and accepts only an RSA key fit for RS256.</summary>
internal static class KeyDer
{
    public const int MinimumKeySizeInBits = 2048;

    public const int MaximumKeySizeInBits = 16384;

    public const string EncryptedFault =
        "this is an encrypted private key. Decrypt it first: openssl pkey -in key.pem -out plain.pem";

    private const int SmallestExponent = 65537;

    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    /// <summary>The pair printed in the source of the Python library, by RFC 7638 thumbprint: anyone can sign with it.</summary>
    private const string PythonSourceKey = "3R_PDXG-wxGct30zE6yPjkL_GMf4eL22i33i8j0lUn0";

    private enum Form
    {
        Unknown,
        SubjectPublicKeyInfo,
        Pkcs1Public,
        Certificate,
        Pkcs8,
        Pkcs1Private,
        Sec1Private,
        EncryptedPkcs8,
    }

    public static bool TryRead(
        byte[] der, bool wantPrivate, [NotNullWhen(true)] out RsaKey? key, [NotNullWhen(false)] out string? fault)
    {
        key = null;
        try
        {
            (Form form, string? algorithm) = Recognise(der);
            if (form == Form.Certificate)
            {
                der = PublicKeyOf(der);
                (form, algorithm) = Recognise(der);
            }

            fault = FaultOfForm(form, algorithm, wantPrivate);
            if (fault is not null)
                return false;

            var candidate = new RsaKey(Import(der, form));
            // No key has both.
            fault = FaultOfStrength(candidate.Parameters) ?? FaultOfName(candidate);
            key = fault is null ? candidate : null;
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            fault = "the key is damaged, or has bytes after its end. Export it once more.";
        }

        return key is not null;
    }

    private static (Form Form, string? Algorithm) Recognise(byte[] der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.BER);
        AsnReader body = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        if (body.PeekTag() == Asn1Tag.Integer)
        {
            BigInteger first = body.ReadInteger();
            return body.PeekTag() switch
            {
                { } tag when tag == Asn1Tag.Sequence => (Form.Pkcs8, body.ReadSequence().ReadObjectIdentifier()),
                { } tag when tag == Asn1Tag.PrimitiveOctetString => (Form.Sec1Private, null),
                { } tag when tag == Asn1Tag.Integer && first.IsZero => (Form.Pkcs1Private, RsaEncryption),
                { } tag when tag == Asn1Tag.Integer => (Form.Pkcs1Public, RsaEncryption),
                _ => (Form.Unknown, null),
            };
        }

        AsnReader head = body.ReadSequence();
        if (head.PeekTag() != Asn1Tag.ObjectIdentifier)
            return (Form.Certificate, null);
        Asn1Tag next = body.PeekTag();
        return next == Asn1Tag.PrimitiveBitString
            ? (Form.SubjectPublicKeyInfo, head.ReadObjectIdentifier())
            : (next == Asn1Tag.PrimitiveOctetString ? Form.EncryptedPkcs8 : Form.Unknown, null);
    }

    /// <summary>A certificate is only the wrapping of a key here: neither its dates nor who signed it are looked at.</summary>
    private static byte[] PublicKeyOf(byte[] certificate)
    {
        using X509Certificate2 parsed = X509Certificate2.CreateFromPem(PemEncoding.Write("CERTIFICATE", certificate));
        return parsed.PublicKey.ExportSubjectPublicKeyInfo();
    }

    private static string? FaultOfForm(Form form, string? algorithm, bool wantPrivate) => form switch
    {
        Form.Unknown => "this is not a key, as far as can be told. Give an RSA key as PEM.",
        Form.EncryptedPkcs8 => EncryptedFault,
        Form.Sec1Private => NotRsa("an EC key"),
        _ when algorithm != RsaEncryption => NotRsa(NameOf(algorithm)),
        Form.Pkcs8 or Form.Pkcs1Private when !wantPrivate =>
            "this is a private key where a public one belongs. Give its public half, and replace the pair if others could read this setting: openssl pkey -in key.pem -pubout",
        Form.SubjectPublicKeyInfo or Form.Pkcs1Public when wantPrivate =>
            "this is a public key where the private one belongs. Give the private key, or leave the setting out of a service that only verifies.",
        _ => null,
    };

    private static string NotRsa(string what) => $"this is {what}. RS256 takes an RSA key: openssl genrsa -out key.pem 2048";

    private static string NameOf(string? algorithm) => algorithm switch
    {
        "1.2.840.10045.2.1" => "an EC key",
        "1.2.840.113549.1.1.10" => "a key for RSA-PSS only",
        "1.3.101.112" or "1.3.101.113" => "an Ed25519 or Ed448 key",
        "1.3.101.110" or "1.3.101.111" => "an X25519 or X448 key",
        "1.2.840.10040.4.1" => "a DSA key",
        _ => "not an RSA key",
    };

    private static RSAParameters Import(byte[] der, Form form)
    {
        if (form is Form.SubjectPublicKeyInfo or Form.Pkcs1Public)
            return ReadPublicNumbers(der, form);
        using RSA rsa = RSA.Create();
        if (form == Form.Pkcs8)
            rsa.ImportPkcs8PrivateKey(der, out _);
        else
            rsa.ImportRSAPrivateKey(der, out _);
        return rsa.ExportParameters(includePrivateParameters: true);
    }

    /// <summary>
    /// The two numbers of RFC 8017, appendix A.1.1. Read here, because the platforms differ: some take negative numbers for positive
    /// ones, and some pass over bytes that follow.
    /// </summary>
    private static RSAParameters ReadPublicNumbers(ReadOnlyMemory<byte> der, Form form)
    {
        if (form == Form.SubjectPublicKeyInfo)
        {
            AsnReader info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            info.ReadSequence();
            der = info.ReadBitString(out int unusedBits);
            info.ThrowIfNotEmpty();
            // The reader makes them zero, and the exponent, which ends here, even: it would be refused below as well.
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

    private static string? FaultOfStrength(RSAParameters key)
    {
        var modulus = new BigInteger(key.Modulus, isUnsigned: true, isBigEndian: true);
        var exponent = new BigInteger(key.Exponent, isUnsigned: true, isBigEndian: true);
        long bits = modulus.GetBitLength();
        return bits switch
        {
            < MinimumKeySizeInBits => $"the key has {bits} bits. RS256 takes {MinimumKeySizeInBits} bits or more (RFC 7518, section 3.3): openssl genrsa -out key.pem {MinimumKeySizeInBits}",
            > MaximumKeySizeInBits => $"the key has {bits} bits. Up to {MaximumKeySizeInBits} are supported: openssl genrsa -out key.pem {MinimumKeySizeInBits}",
            // OpenSSL verifies with no exponent above 64 bits. A small one is out of use (FIPS 186-5, appendix A.1.1), and is what the
            // generator of Diffie-Hellman parameters looks like, which have the form of a key, and for which anyone could sign.
            _ when modulus.IsEven || exponent.IsEven || exponent < SmallestExponent || exponent > ulong.MaxValue =>
                "the key's numbers are not those of an RSA key that is fit for use. Make a new pair: openssl genrsa -out key.pem 2048",
            _ => null,
        };
    }

    private static string? FaultOfName(RsaKey key) => key.Thumbprint == PythonSourceKey
        ? "this is the key pair printed in the source of the Python library api_jwt: anyone can sign with it. Make a pair of your own: openssl genrsa -out key.pem 2048"
        : null;
}
