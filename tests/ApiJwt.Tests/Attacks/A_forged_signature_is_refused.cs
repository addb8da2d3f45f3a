using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Hudya.Tests.Attacks;

public class A_forged_signature_is_refused
{
    public static HostileFamily Family { get; } = new("signatures", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void Every_forged_signature_is_refused(string name) => Family.ShouldRefuse(name);

    private static IEnumerable<HostileToken> Tokens()
    {
        string token = Forge.Claims(GoodClaims.Json);
        string input = token[..token.LastIndexOf('.')];
        byte[] signature = Forge.Decode(token[(input.Length + 1)..]);
        BigInteger n = RawRsa.Modulus;
        BigInteger s = KeyForge.Number(signature);

        HostileToken Forged(string name, byte[] bytes) => new(name, $"{input}.{Forge.Encode(bytes)}", TokenFailure.InvalidSignature);

        yield return Forged("one zero byte", [0]);
        yield return Forged("the last byte cut off", signature[..^1]);
        yield return Forged("the first byte cut off", signature[1..]);
        yield return Forged("the first half", signature[..128]);
        yield return Forged("the second half", signature[128..]);
        yield return Forged("32 bytes of it", signature[..32]);
        yield return Forged("a zero byte before it", [0, .. signature]);
        yield return Forged("256 zero bytes before it", [.. new byte[256], .. signature]);
        yield return Forged("a zero byte after it", [.. signature, 0]);
        yield return Forged("256 zero bytes after it", [.. signature, .. new byte[256]]);
        yield return Forged("twice over", [.. signature, .. signature]);
        yield return Forged("in reverse", [.. signature.Reverse()]);
        yield return Forged("inverted", [.. signature.Select(value => (byte)~value)]);
        yield return Forged("all zeros", new byte[256]);
        yield return Forged("all ones", RawRsa.Filled(256));
        yield return Forged("255 zeros", new byte[255]);
        yield return Forged("257 zeros", new byte[257]);
        yield return Forged("as base64 of base64", Encoding.ASCII.GetBytes(Forge.Encode(signature)));
        yield return Forged("in hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexString(signature)));
        yield return Forged("as a DER octet string", [0x04, 0x82, 0x01, 0x00, .. signature]);
        yield return Forged("the digest itself", SHA256.HashData(Encoding.ASCII.GetBytes(input)));
        yield return Forged("the padded digest itself", RawRsa.Block(RawRsa.DigestInfo(SHA256.HashData(Encoding.ASCII.GetBytes(input)))));
        yield return Forged("s = 1", RawRsa.Bytes(1, 256));
        yield return Forged("s = 2", RawRsa.Bytes(2, 256));
        yield return Forged("s = n", RawRsa.Bytes(n, 256));
        yield return Forged("s = n - 1", RawRsa.Bytes(n - 1, 256));
        yield return Forged("s = n + 1", RawRsa.Bytes(n + 1, 256));
        yield return Forged("n - s", RawRsa.Bytes(n - s, 256));
        yield return Forged("n + s in 257 bytes", RawRsa.Bytes(n + s, 257));
        yield return Forged("s * s", RawRsa.Bytes(s * s % n, 256));
        yield return Forged("the cube root of a padded digest", CubeRoot(input));
        foreach (int position in (int[])[0, 1, 2, 64, 127, 128, 200, 254, 255])
        {
            byte[] changed = [.. signature];
            changed[position] ^= 1;
            yield return Forged($"one bit of byte {position} changed", changed);
        }

        yield return new("empty", input + ".", TokenFailure.Malformed);
        yield return new("a wrap-round: n + s in 256 bytes", WrapRound(n), TokenFailure.InvalidSignature);
        yield return new("a leading zero byte taken off", WithoutLeadingZero(), TokenFailure.InvalidSignature);
        foreach (HostileToken other in OfSomethingElse(token))
            yield return other;
    }

    private static IEnumerable<HostileToken> OfSomethingElse(string token)
    {
        using RSA ours = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        string[] parts = token.Split('.');
        (string header, string payload, string signature) = (parts[0], parts[1], parts[2]);
        string more = Forge.Encode(GoodClaims.With("scopes", "\"admin:all\""));
        string Of(string input) => Forge.Encode(ours.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        yield return new("of a foreign key", Forge.Sign(Forge.Rs256Header, GoodClaims.Json, TestKeys.ForeignKey), TokenFailure.InvalidSignature);
        yield return new("of other claims", $"{header}.{more}.{signature}", TokenFailure.InvalidSignature);
        yield return new("of another header", $"{Forge.Encode("""{"alg":"RS256"}""")}.{payload}.{signature}", TokenFailure.InvalidSignature);
        yield return new("of the payload alone", $"{header}.{payload}.{Of(payload)}", TokenFailure.InvalidSignature);
        yield return new("of the header alone", $"{header}.{payload}.{Of(header)}", TokenFailure.InvalidSignature);
        yield return new("without the dot", $"{header}.{payload}.{Of(header + payload)}", TokenFailure.InvalidSignature);
        yield return new("with a dot after", $"{header}.{payload}.{Of($"{header}.{payload}.")}", TokenFailure.InvalidSignature);
        yield return new("with a line break after", $"{header}.{payload}.{Of($"{header}.{payload}\n")}", TokenFailure.InvalidSignature);
        yield return new("of the decoded parts", $"{header}.{payload}.{Of(Forge.Rs256Header + "." + GoodClaims.Json)}", TokenFailure.InvalidSignature);
        yield return new("of nothing", $"{header}.{payload}.{Of("")}", TokenFailure.InvalidSignature);
        yield return new("of a payload one blank longer", $"{header}.{Forge.Encode(GoodClaims.Json + " ")}.{signature}", TokenFailure.InvalidSignature);
        // The characters are the same, but the dot between header and payload stands elsewhere.
        yield return new("of the same characters with the dot moved", $"{header + payload[..4]}.{payload[4..]}.{signature}", TokenFailure.Malformed);
        yield return new("with the parts of two tokens mixed", $"{header}.{more}.{Of($"{header}.{payload}")}", TokenFailure.InvalidSignature);

        foreach (int bits in (int[])[3072, 4096])
        {
            using var longer = RSA.Create(bits);
            yield return new($"of a foreign key of {bits} bits", Forge.Sign(Forge.Rs256Header, GoodClaims.Json, longer), TokenFailure.InvalidSignature);
        }
    }

    /// <summary>s + n verifies like s unless it is refused for its size (RFC 8017, section 5.2.2). If it were accepted, one token would have two texts.</summary>
    private static string WrapRound(BigInteger n)
    {
        BigInteger limit = BigInteger.One << (RawRsa.Length * 8);
        string input = "";
        for (int nonce = 0; nonce < 2000; nonce++)
        {
            string token = Forge.Claims(GoodClaims.With("nonce", nonce.ToString(CultureInfo.InvariantCulture)));
            input = token[..token.LastIndexOf('.')];
            BigInteger wrapped = KeyForge.Number(Forge.Decode(token[(input.Length + 1)..])) + n;
            if (wrapped < limit)
                return $"{input}.{Forge.Encode(RawRsa.Bytes(wrapped, RawRsa.Length))}";
        }

        // With a modulus so close to a power of two, s + n does not fit into 256 bytes. The largest number is tried instead.
        return $"{input}.{Forge.Encode(RawRsa.Filled(RawRsa.Length))}";
    }

    /// <summary>About one signature in 200 begins with a zero byte. Some encoders leave that byte out.</summary>
    private static string WithoutLeadingZero()
    {
        for (int nonce = 0; ; nonce++)
        {
            string token = Forge.Claims(GoodClaims.With("nonce", nonce.ToString(CultureInfo.InvariantCulture)));
            int dot = token.LastIndexOf('.');
            byte[] signature = Forge.Decode(token[(dot + 1)..]);
            if (signature[0] == 0)
                return $"{token[..dot]}.{Forge.Encode(signature[1..])}";
        }
    }

    /// <summary>Bleichenbacher's forgery for keys with exponent 3: the cube of the number begins like a padded digest.</summary>
    private static byte[] CubeRoot(string input)
    {
        byte[] start = [0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, .. RawRsa.DigestInfo(SHA256.HashData(Encoding.ASCII.GetBytes(input)))];
        BigInteger target = KeyForge.Number([.. start, .. RawRsa.Filled(RawRsa.Length - start.Length)]);
        BigInteger low = 0, high = BigInteger.One << 700;
        while (high - low > 1)
        {
            BigInteger middle = (low + high) / 2;
            if (BigInteger.Pow(middle, 3) <= target)
                low = middle;
            else
                high = middle;
        }

        return RawRsa.Bytes(low, RawRsa.Length);
    }
}
