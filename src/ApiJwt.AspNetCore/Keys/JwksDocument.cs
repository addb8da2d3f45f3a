using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>The keys of a JSON Web Key Set (RFC 7517) that tokens of this library can be signed with.</summary>
/// <param name="PublicKeys">The keys as PEM.</param>
internal sealed record JwksDocument(IReadOnlyList<string> PublicKeys)
{
    private const int MinimumModulusLength = 2048 / 8;

    /// <exception cref="JsonException">The text is no key set.</exception>
    /// <exception cref="InvalidDataException">None of its keys is one for RS256.</exception>
    public static JwksDocument Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("keys", out JsonElement keys)
            || keys.ValueKind != JsonValueKind.Array)
            throw new JsonException("The text is not a JSON Web Key Set: an object with an array 'keys'.");
        var publicKeys = new List<string>();
        // A set may hold keys of other kinds for other purposes (RFC 7517, section 5): they are passed over.
        foreach (JsonElement key in keys.EnumerateArray().Where(IsForRs256))
        {
            if (Number(key, "n") is { Length: >= MinimumModulusLength } modulus && Number(key, "e") is { Length: > 0 } exponent)
                publicKeys.Add(ToPem(modulus, exponent));
        }

        return publicKeys.Count > 0
            ? new JwksDocument(publicKeys)
            : throw new InvalidDataException("The key set has no RSA key of 2048 bits or more for RS256.");
    }

    private static bool IsForRs256(JsonElement key) =>
        key.ValueKind == JsonValueKind.Object && Is(key, "kty", "RSA", whenAbsent: false)
        && Is(key, "use", "sig", whenAbsent: true) && Is(key, "alg", SecurityAlgorithms.RsaSha256, whenAbsent: true);

    private static bool Is(JsonElement key, string member, string value, bool whenAbsent) =>
        key.TryGetProperty(member, out JsonElement found) ? found.ValueKind == JsonValueKind.String && found.ValueEquals(value) : whenAbsent;

    private static byte[]? Number(JsonElement key, string member)
    {
        try
        {
            return key.TryGetProperty(member, out JsonElement number) && number.ValueKind == JsonValueKind.String
                ? Base64UrlEncoder.DecodeBytes(number.GetString())
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string ToPem(byte[] modulus, byte[] exponent)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        return rsa.ExportSubjectPublicKeyInfoPem();
    }
}
