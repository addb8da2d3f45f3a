using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>The keys of a JSON Web Key Set (RFC 7517) that tokens of this library can be signed with.</summary>
/// <param name="PublicKeys">The keys as PEM, in an order of their own: that of the set may differ from one answer to the next.</param>
/// <param name="OtherCount">How many keys of the set were passed over.</param>
internal sealed record JwksDocument(IReadOnlyList<string> PublicKeys, int OtherCount)
{
    /// <exception cref="JsonException">The text is no key set.</exception>
    public static JwksDocument Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("keys", out JsonElement keys)
            || keys.ValueKind != JsonValueKind.Array)
            throw new JsonException("The text is not a JSON Web Key Set: an object with an array 'keys'.");
        JsonElement[] all = [.. keys.EnumerateArray()];
        // A set may hold keys of other kinds for other purposes (RFC 7517, section 5), and a bad one must not keep out the good ones.
        string[] usable = [.. all.Select(ToPem).OfType<string>()];
        return new JwksDocument([.. usable.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], all.Length - usable.Length);
    }

    private static bool IsForRs256(JsonElement key) =>
        key.ValueKind == JsonValueKind.Object && Is(key, "kty", "RSA", whenAbsent: false)
        // A private number: anyone who reads the set can sign with this key.
        && !key.TryGetProperty("d", out _)
        && Is(key, "use", "sig", whenAbsent: true) && Is(key, "alg", SecurityAlgorithms.RsaSha256, whenAbsent: true)
        && (!key.TryGetProperty("key_ops", out JsonElement uses) || (uses.ValueKind == JsonValueKind.Array && uses.EnumerateArray().Any(use => use.ValueKind == JsonValueKind.String && use.ValueEquals("verify"))));

    private static bool Is(JsonElement key, string member, string value, bool whenAbsent) =>
        key.TryGetProperty(member, out JsonElement found) ? found.ValueKind == JsonValueKind.String && found.ValueEquals(value) : whenAbsent;

    /// <summary>The key; <see langword="null"/> if it is damaged, or for something else than RS256.</summary>
    private static string? ToPem(JsonElement key)
    {
        try
        {
            if (!IsForRs256(key))
                return null;
            using var rsa = RSA.Create(new RSAParameters { Modulus = Number(key, "n"), Exponent = Number(key, "e") });
            return KeyDer.TryRead(rsa.ExportSubjectPublicKeyInfo(), wantPrivate: false, out _, out _) ? rsa.ExportSubjectPublicKeyInfoPem() : null;
        }
        // InvalidOperationException: a string with a lone surrogate.
        catch (Exception fault) when (fault is CryptographicException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[]? Number(JsonElement key, string member) =>
        key.TryGetProperty(member, out JsonElement number) && number.ValueKind == JsonValueKind.String && number.GetString() is { Length: > 0 } text
            ? Base64UrlEncoder.DecodeBytes(text)
            : null;
}
