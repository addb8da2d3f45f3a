using System.Text.Json;

namespace ApiJwts;

/// <summary>Reads the <c>iss</c> claim of a payload whose signature has not been verified.</summary>
/// <remarks>
/// It stops at the claim and builds no JSON document. Anyone can send a payload, and parsing a long one strictly costs more than verifying a
/// signature.
/// </remarks>
internal static class UnverifiedIssuer
{
    /// <summary>The issuer; <see langword="null"/> if there is none, or if the JSON before it is invalid.</summary>
    public static string? Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        try
        {
            // The start of the object. After anything else, no property name follows.
            json.Read();
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
        // InvalidOperationException: a string has a lone surrogate, or is not valid UTF-8.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
