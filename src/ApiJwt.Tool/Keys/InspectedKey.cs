using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace ApiJwts.Tool.Keys;

/// <summary>The facts about a key that follow from its public numbers.</summary>
/// <param name="KeyId">The RFC 7638 thumbprint.</param>
/// <param name="Bits">The length of its modulus, in bits.</param>
/// <param name="PublicKeyPem">The public key in PEM.</param>
internal sealed record InspectedKey(string KeyId, int Bits, string PublicKeyPem)
{
    public static IReadOnlyList<InspectedKey> AllOf(ApiJwt jwt)
    {
        using JsonDocument keySet = JsonDocument.Parse(jwt.Keys.ToJwks());
        return [.. keySet.RootElement.GetProperty("keys").EnumerateArray().Select(Of)];
    }

    private static InspectedKey Of(JsonElement key)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Number(key, "n"), Exponent = Number(key, "e") });
        return new InspectedKey(key.GetProperty("kid").GetString()!, rsa.KeySize, rsa.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    private static byte[] Number(JsonElement key, string member) => Base64Url.DecodeFromChars(key.GetProperty(member).GetString());
}
