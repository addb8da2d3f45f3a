using System.Text.Json;

namespace ApiJwts;

/// <summary>Reads and validates the JOSE header (RFC 7515, section 4).</summary>
internal static class TokenHeader
{
    private static readonly DecodeResult NotStrict = DecodeResult.Malformed("The header is not a single strict JSON object, or a member has the wrong type.");
    private static readonly DecodeResult OtherAlgorithm = new(TokenFailure.UnsupportedAlgorithm, "The header's 'alg' is not RS256.");
    private static readonly DecodeResult OtherType = new(TokenFailure.UnsupportedHeader, "The header's 'typ' is neither ApiJwtOptions.TokenType nor one of AcceptedTokenTypes.");
    private static readonly DecodeResult NotImplemented = new(TokenFailure.UnsupportedHeader, "The header has 'crit', 'b64', 'zip' or 'enc', which this library does not implement.");

    /// <summary>Why the header is refused; <see langword="null"/> if it is accepted.</summary>
    /// <param name="utf8">The JSON of the header.</param>
    /// <param name="types">The accepted types.</param>
    /// <param name="keyId">The key id (<c>kid</c>); <see langword="null"/> if the header has none.</param>
    public static DecodeResult? FindRefusal(ReadOnlySpan<byte> utf8, TokenTypes types, out string? keyId)
    {
        keyId = null;
        if (StrictJson.ParseObject(utf8) is not { } header)
            return NotStrict;
        DecodeResult? algorithm = OtherAlgorithm;
        DecodeResult? extension = null;
        DecodeResult? type = types.IsMissingTypeAccepted ? null : OtherType;
        foreach (JsonProperty member in header.EnumerateObject())
        {
            string? text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
            switch (member.Name)
            {
                case "alg":
                    algorithm = text == "RS256" ? null : OtherAlgorithm;
                    break;
                case "kid" when text is not null:
                    keyId = text;
                    break;
                case "typ":
                    type = text is not null && types.Accept(text) ? null : OtherType;
                    break;
                case "crit" or "b64" or "zip" or "enc":
                    extension = NotImplemented;
                    break;
                case "kid" or "cty" or "jku" or "x5u" or "x5t" or "x5t#S256" when text is null:
                    return NotStrict;
                // Other parameters are ignored (RFC 7515, section 4). A key that a token brings (jwk, jku, x5c, x5u) is never used.
            }
        }

        return algorithm ?? extension ?? type;
    }
}
