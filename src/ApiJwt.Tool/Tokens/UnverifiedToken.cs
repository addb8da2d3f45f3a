using System.Buffers.Text;
using System.Text.Json;

namespace ApiJwts.Tool.Tokens;

/// <summary>The content of a token, without any verification.</summary>
/// <param name="Header">The header, a JSON object.</param>
/// <param name="Claims">The payload, a JSON object.</param>
internal sealed record UnverifiedToken(JsonElement Header, JsonElement Claims)
{
    /// <summary>The key id (<c>kid</c>) in the header of a token; empty if there is none. The payload is not read.</summary>
    /// <exception cref="ApiJwtException">The header cannot be read.</exception>
    public static string KeyIdOf(string token) =>
        Part(token.Split('.')[0], "header").TryGetProperty("kid", out JsonElement keyId) && keyId.ValueKind == JsonValueKind.String ? keyId.GetString()! : "";

    /// <exception cref="ApiJwtException">The text is not a signed token.</exception>
    public static UnverifiedToken Read(string token)
    {
        string[] parts = token.Split('.');
        return parts.Length switch
        {
            3 => new UnverifiedToken(Part(parts[0], "header"), Part(parts[1], "payload")),
            5 => throw new ApiJwtException("This is an encrypted token (JWE), which only its receiver can read."),
            _ => throw new ApiJwtException("This is not a token: a signed token has three parts, separated by dots. Give the whole token, as the issuer sent it."),
        };
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WritePropertyName("header");
        Header.WriteTo(json);
        json.WritePropertyName("claims");
        Claims.WriteTo(json);
    }

    private static JsonElement Part(string part, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            // GetString throws for a lone surrogate, which no terminal can show.
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
                _ = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Name;
            return document.RootElement.Clone();
        }
        // InvalidOperationException: a lone surrogate, or JSON that is not an object.
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            throw new ApiJwtException($"This is not a token: its {name} is not a JSON object in base64url. Give the whole token, as the issuer sent it.", exception);
        }
    }
}
