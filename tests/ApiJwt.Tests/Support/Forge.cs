using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Hudya.Tests.Support;

/// <summary>Builds tokens from bytes, so that a token can have exactly one fault and still be signed correctly.</summary>
public static class Forge
{
    public const string Rs256Header = """{"alg":"RS256","typ":"JWT"}""";

    private static readonly RSA OurKey = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);

    /// <summary>A payload that is valid until the year 2100.</summary>
    public static string GoodPayload => """{"iss":"auth_user","sub":"ann","exp":4102444800,"level":"2.0","factor":"otp","target":"","dnt":"0","scopes":"user:all"}""";

    /// <summary>A token with this header and payload, signed with RS256 and our key or the given one.</summary>
    public static string Sign(string header, string payload, RSA? key = null) =>
        SignBytes(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload), key);

    /// <summary>A token with the bytes of this header and payload, signed with RS256 and our key or the given one.</summary>
    public static string SignBytes(byte[] header, byte[] payload, RSA? key = null) => SignParts(Encode(header), Encode(payload), key);

    /// <summary>A correctly signed token over two encoded parts, which need not be canonical base64url.</summary>
    public static string SignParts(string header, string payload, RSA? key = null)
    {
        byte[] input = Encoding.UTF8.GetBytes($"{header}.{payload}");
        byte[] signature;
        lock (OurKey)
            signature = (key ?? OurKey).SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{header}.{payload}.{Encode(signature)}";
    }

    /// <summary>A token with our usual header and this payload, signed with our key.</summary>
    public static string Claims(string payload) => Sign(Rs256Header, payload);

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    public static byte[] Decode(string part) => Base64Url.DecodeFromChars(part);

    public static string TextOf(string part) => Encoding.UTF8.GetString(Decode(part));
}
