using System.Text.Json;

namespace ApiJwts;

/// <summary>Reads the claim <c>iss</c> of a payload whose signature was not checked.</summary>
/// <remarks>
/// It reads no further than the claim and builds nothing of the rest: anyone can send a payload, and a strict reading of a long one costs
/// more than checking a signature.
/// </remarks>
internal static class UnverifiedIssuer
{
    /// <summary>The issuer; <see langword="null"/> if there is none, or the payload is not a JSON object up to there.</summary>
    public static string? Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isIssuer = json.ValueTextEquals(ClaimNames.Issuer);
                json.Read();
                if (isIssuer)
                    return json.TokenType == JsonTokenType.String ? json.GetString() : null;
                json.Skip();
            }

            return null;
        }
        // InvalidOperationException: a string with a lone surrogate, or with bytes that are not UTF-8.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
