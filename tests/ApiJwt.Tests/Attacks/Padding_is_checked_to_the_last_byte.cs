using System.Security.Cryptography;
using System.Text;

namespace Hudya.Tests.Attacks;

/// <summary>
/// Each signature is made with the private key over the right digest. Only the padding around it (RFC 8017, section 9.2) is wrong.
/// A verifier that parses the padding instead of comparing it accepts some of them, and then signatures can be forged.
/// </summary>
public class Padding_is_checked_to_the_last_byte
{
    public static HostileFamily Family { get; } = new("padding", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_signature_with_wrong_padding_is_refused(string name) => Family.ShouldRefuse(name);

    /// <summary>This shows that the signatures above are refused for their padding, and not for an error in the arithmetic.</summary>
    [Fact]
    public void A_signature_with_correct_padding_made_in_the_same_way_is_accepted() =>
        Family.Service().Decode(RawRsa.Token(digest => RawRsa.Block(RawRsa.DigestInfo(digest)))).IsValid.Should().BeTrue();

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach ((string name, Func<byte[], byte[]> blockOf) in Blocks())
            yield return new(name, RawRsa.Token(blockOf), TokenFailure.InvalidSignature);

        using RSA ours = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        string input = Forge.Encode(Forge.Rs256Header) + "." + Forge.Encode(GoodClaims.Json);
        byte[] bytes = Encoding.ASCII.GetBytes(input);
        yield return new("PSS", $"{input}.{Forge.Encode(ours.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss))}", TokenFailure.InvalidSignature);
        foreach (HashAlgorithmName hash in (HashAlgorithmName[])[HashAlgorithmName.MD5, HashAlgorithmName.SHA1, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512])
            yield return new($"a signature over {hash.Name}", $"{input}.{Forge.Encode(ours.SignData(bytes, hash, RSASignaturePadding.Pkcs1))}", TokenFailure.InvalidSignature);
    }

    private static IEnumerable<(string Name, Func<byte[], byte[]> BlockOf)> Blocks() =>
    [
        ("no NULL parameter", digest => RawRsa.Block(RawRsa.DigestInfo(digest, parameters: _ => { }))),
        ("a parameter that is no NULL", digest => RawRsa.Block(RawRsa.DigestInfo(digest, parameters: asn => asn.WriteOctetString([1, 2, 3])))),
        ("two parameters", digest => RawRsa.Block(RawRsa.DigestInfo(digest, parameters: asn => { asn.WriteNull(); asn.WriteNull(); }))),
        ("garbage in the parameters", digest => RawRsa.Block(RawRsa.DigestInfo(digest, parameters: asn => asn.WriteOctetString(new byte[150])))),
        ("SHA-1 for a name", digest => RawRsa.Block(RawRsa.DigestInfo(digest, "1.3.14.3.2.26"))),
        ("SHA-224 for a name", digest => RawRsa.Block(RawRsa.DigestInfo(digest, "2.16.840.1.101.3.4.2.4"))),
        ("SHA-384 for a name", digest => RawRsa.Block(RawRsa.DigestInfo(digest, "2.16.840.1.101.3.4.2.2"))),
        ("SHA-512/256 for a name", digest => RawRsa.Block(RawRsa.DigestInfo(digest, "2.16.840.1.101.3.4.2.6"))),
        ("SHA3-256 for a name", digest => RawRsa.Block(RawRsa.DigestInfo(digest, "2.16.840.1.101.3.4.2.8"))),
        ("sha256WithRSAEncryption for a name", digest => RawRsa.Block(RawRsa.DigestInfo(digest, "1.2.840.113549.1.1.11"))),
        ("no DigestInfo", RawRsa.Block),
        ("no DigestInfo, an octet string", digest => RawRsa.Block([0x04, 0x20, .. digest])),
        ("garbage in the DigestInfo", digest => RawRsa.Block(RawRsa.DigestInfo(digest, more: asn => asn.WriteOctetString(new byte[150])))),
        ("a second digest in the DigestInfo", digest => RawRsa.Block(RawRsa.DigestInfo(digest, more: asn => asn.WriteOctetString(digest)))),
        ("one byte after the digest", digest => RawRsa.Block([.. RawRsa.DigestInfo(digest), 0])),
        ("garbage after the digest, and a short padding", digest => Short(RawRsa.DigestInfo(digest), padding: 8)),
        ("garbage after the digest, and no padding", digest => Short(RawRsa.DigestInfo(digest), padding: 0)),
        ("a digest one byte short", digest => RawRsa.Block(RawRsa.DigestInfo(digest[..^1]))),
        ("a digest one byte long", digest => RawRsa.Block(RawRsa.DigestInfo([.. digest, 0]))),
        ("an empty digest", _ => RawRsa.Block(RawRsa.DigestInfo([]))),
        ("half a digest", digest => RawRsa.Block(RawRsa.DigestInfo(digest[..16]))),
        ("the digest of something else", digest => RawRsa.Block(RawRsa.DigestInfo(SHA256.HashData(digest)))),
        ("the digest in hexadecimal", digest => RawRsa.Block(RawRsa.DigestInfo(Encoding.ASCII.GetBytes(Convert.ToHexString(digest))))),
        ("the digest in reverse", digest => RawRsa.Block(RawRsa.DigestInfo([.. digest.Reverse()]))),
        ("a length in two bytes, outside", digest => RawRsa.Block([0x30, 0x81, 0x31, .. RawRsa.DigestInfo(digest)[2..]])),
        ("a length in three bytes, outside", digest => RawRsa.Block([0x30, 0x82, 0x00, 0x31, .. RawRsa.DigestInfo(digest)[2..]])),
        ("a length in two bytes, of the digest", digest => RawRsa.Block([0x30, 0x32, .. RawRsa.DigestInfo(digest)[2..17], 0x04, 0x81, 0x20, .. digest])),
        ("an indefinite length", digest => RawRsa.Block([0x30, 0x80, .. RawRsa.DigestInfo(digest)[2..], 0, 0])),
        ("a NULL with a long length", digest => RawRsa.Block([0x30, 0x32, 0x30, 0x0E, .. RawRsa.DigestInfo(digest)[4..15], 0x05, 0x81, 0x00, 0x04, 0x20, .. digest])),
        ("a constructed octet string", digest => RawRsa.Block([0x30, 0x35, .. RawRsa.DigestInfo(digest)[2..17], 0x24, 0x22, 0x04, 0x20, .. digest, 0x00, 0x00])),
        ("a set for the sequence", digest => RawRsa.Block([0x31, .. RawRsa.DigestInfo(digest)[1..]])),
        ("block type 0", digest => Changed(digest, 1, 0x00)),
        ("block type 2", digest => Changed(digest, 1, 0x02)),
        ("block type 255", digest => Changed(digest, 1, 0xFF)),
        ("a first byte of 1, below the modulus", digest => Changed(Changed(digest, 0, 0x01), 1, 0x01, isBlock: true)),
        ("FE in the first byte of the padding", digest => Changed(digest, 2, 0xFE)),
        ("FE in the middle of the padding", digest => Changed(digest, 100, 0xFE)),
        ("FE in the last byte of the padding", digest => Changed(digest, 203, 0xFE)),
        ("00 in the middle of the padding", digest => Changed(digest, 100, 0x00)),
        ("01 for the separator", digest => Changed(digest, 204, 0x01)),
        ("FF for the separator", digest => Changed(digest, 204, 0xFF)),
        ("padding of zeros", digest => [0, 1, .. new byte[202], 0, .. RawRsa.DigestInfo(digest)]),
        ("padding of random bytes, as for encryption", digest => [0, 2, .. Enumerable.Range(0, 202).Select(i => (byte)(i + 1)), 0, .. RawRsa.DigestInfo(digest)]),
        ("two separators", digest => [0, 1, .. RawRsa.Filled(201), 0, 0, .. RawRsa.DigestInfo(digest)]),
        ("the content first", digest => [0, 1, .. RawRsa.DigestInfo(digest), 0, .. RawRsa.Filled(202)]),
        ("no padding at all", digest => [.. new byte[205], .. RawRsa.DigestInfo(digest)]),
        ("the digest as a number", digest => [.. new byte[224], .. digest]),
        ("ISO 9796-2", digest => [0x6A, .. new byte[190], .. digest, .. digest[..31], 0x34, 0xCC]),
        ("X9.31", digest => [0x6B, .. Enumerable.Repeat((byte)0xBB, 220), 0xBA, .. digest, 0x34, 0xCC]),
    ];

    private static byte[] Short(byte[] content, int padding) =>
        [0, 1, .. RawRsa.Filled(padding), 0, .. content, .. new byte[RawRsa.Length - 3 - padding - content.Length]];

    private static byte[] Changed(byte[] digest, int position, byte value, bool isBlock = false)
    {
        byte[] block = isBlock ? digest : RawRsa.Block(RawRsa.DigestInfo(digest));
        block[position] = value;
        return block;
    }
}
