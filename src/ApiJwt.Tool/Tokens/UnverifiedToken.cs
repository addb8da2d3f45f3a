using System.Buffers.Text;
using System.Text.Json;

namespace ApiJwts.Tool.Tokens;

/// <summary>What stands in a token, whoever wrote it.</summary>
/// <param name="Header">The header, a JSON object.</param>
/// <param name="Claims">The payload, a JSON object.</param>
internal sealed record UnverifiedToken(JsonElement Header, JsonElement Claims)
{
    /// <summary>The key that a token says it is signed with; empty if it does not say. Its payload may be anything.</summary>
    /// <exception cref="ApiJwtException">It has no header.</exception>
    public static string KeyIdOf(string token) =>
        Part(token.Split('.')[0], "header").TryGetProperty("kid", out JsonElement keyId) && keyId.ValueKind == JsonValueKind.String ? keyId.GetString()! : "";

    /// <exception cref="ApiJwtException">It is no token.</exception>
    public static UnverifiedToken Read(string token)
    {
        string[] parts = token.Split('.');
        return parts.Length switch
        {
            3 => new UnverifiedToken(Part(parts[0], "header"), Part(parts[1], "payload")),
            5 => throw new ApiJwtException("This is an encrypted token (JWE), which only its receiver can read."),
            _ => throw new ApiJwtException("This is no token: a signed one has three parts with dots between them. Give it whole, as the issuer sent it."),
        };
    }

    private static JsonElement Part(string part, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            // Throws for half a character, which no terminal can show.
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
                _ = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Name;
            return document.RootElement.Clone();
        }
        // InvalidOperationException: also where the JSON is no object.
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            throw new ApiJwtException($"This is no token: its {name} is not a JSON object in base64url. Give it whole, as the issuer sent it.", exception);
        }
    }
}
