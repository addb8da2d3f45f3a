using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Hudya.Tests.Attacks;

/// <summary>RSA signatures by arithmetic, because no library signs with wrong padding.</summary>
public static class RawRsa
{
    public const int Length = 256;

    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    private static readonly RSAParameters Key = Export();

    public static BigInteger Modulus { get; } = KeyForge.Number(Key.Modulus);

    /// <summary>A token whose signature is made from the block for its digest: the block raised to our private exponent.</summary>
    public static string Token(Func<byte[], byte[]> blockOf)
    {
        string input = Forge.Encode(Forge.Rs256Header) + "." + Forge.Encode(GoodClaims.Json);
        BigInteger block = KeyForge.Number(blockOf(SHA256.HashData(Encoding.ASCII.GetBytes(input))));
        return input + "." + Forge.Encode(Bytes(BigInteger.ModPow(block, KeyForge.Number(Key.D), Modulus), Length));
    }

    /// <summary>RFC 8017, section 9.2: 00, the type 01, FF for padding, 00, and the content, in as many bytes as the key has.</summary>
    public static byte[] Block(byte[] content) => [0, 1, .. Filled(Length - 3 - content.Length), 0, .. content];

    public static byte[] Filled(int length) => [.. Enumerable.Repeat((byte)0xFF, length)];

    /// <summary>The DigestInfo of RFC 8017, section 9.2. The optional arguments make it differ from the standard.</summary>
    public static byte[] DigestInfo(byte[] digest, string oid = Sha256Oid, Action<AsnWriter>? parameters = null, Action<AsnWriter>? more = null)
    {
        var asn = new AsnWriter(AsnEncodingRules.DER);
        using (asn.PushSequence())
        {
            using (asn.PushSequence())
            {
                asn.WriteObjectIdentifier(oid);
                (parameters ?? (writer => writer.WriteNull()))(asn);
            }

            asn.WriteOctetString(digest);
            more?.Invoke(asn);
        }

        return asn.Encode();
    }

    public static byte[] Bytes(BigInteger number, int length)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }

    private static RSAParameters Export()
    {
        using RSA rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        return rsa.ExportParameters(includePrivateParameters: true);
    }
}
