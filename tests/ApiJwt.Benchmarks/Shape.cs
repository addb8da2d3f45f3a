using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hudya.Benchmarks;

/// <summary>A situation to measure. The tables show its text.</summary>
/// <param name="Keys">How many keys the verifier has. The key of the token is the last one.</param>
/// <param name="HasKeyId">Whether the token has a key id.</param>
/// <param name="PayloadBytes">The approximate length of the payload, or 0 for the request of the README.</param>
/// <param name="KeyBits">The length of the keys.</param>
public sealed record Shape(int Keys = 1, bool HasKeyId = true, int PayloadBytes = 0, int KeyBits = 2048)
{
    private static readonly Dictionary<int, RsaKeyPair> Pairs = [];

    /// <summary>The pair that signs tokens. There is one for each length, because making a pair takes long.</summary>
    public RsaKeyPair Pair => Pairs.TryGetValue(KeyBits, out RsaKeyPair? pair) ? pair : Pairs[KeyBits] = RsaKeyPair.Generate(KeyBits);

    /// <summary>The scopes that give the payload its length.</summary>
    private string[] Scopes => PayloadBytes == 0
        ? ["support:mobile"]
        : [.. BenchmarkJwt.Scopes.Take(Math.Max(1, (PayloadBytes - 180) / (BenchmarkJwt.Scopes[0].Length + 1)))];

    public TokenRequest Request => new()
    {
        Subject = "user@domain.com", Key = "support", Level = 3.1, Factor = "yubikey", Target = "user@domain.com", Scopes = Scopes,
    };

    /// <summary>The public keys of the verifier.</summary>
    public IEnumerable<string> PublicKeys => Enumerable.Range(1, Keys - 1).Select(_ => Stranger(KeyBits)).Append(Pair.PublicKeyPem);

    public override string ToString() =>
        $"{KeyBits} bits, {(PayloadBytes == 0 ? "README" : $"{PayloadBytes / 1024.0:0.#} KB")}, {Keys} key{(Keys > 1 ? "s" : "")}{(HasKeyId ? "" : ", no kid")}";

    /// <summary>A public key that verifies nothing here. An odd number of the right length is made faster than a real key.</summary>
    private static string Stranger(int bits)
    {
        byte[] modulus = RandomNumberGenerator.GetBytes(bits / 8);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        return rsa.ExportSubjectPublicKeyInfoPem();
    }
}

/// <summary>The class of the README, with enough scopes for every payload.</summary>
public sealed class BenchmarkJwt : ApiJwt
{
    public static readonly string[] Scopes = [.. Enumerable.Range(0, 800).Select(number => $"service{number:000}:read")];

    public BenchmarkJwt(ApiJwtOptions options)
        : base(options)
    {
        Policy.AllowLevels(0.0, 1.0, 2.0, 3.0, 3.1, 3.5, 4.0);
        Policy.AllowKey("support", "auth_support", ["support:mobile", .. Scopes]);
    }
}

/// <summary>Builds tokens from their parts, so that a token can have exactly one fault.</summary>
internal static class Forge
{
    public static string Sign(string header, string payload, RSA key)
    {
        string input = $"{Encode(header)}.{Encode(payload)}";
        return $"{input}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string PayloadOf(string token) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[1]));
}
