using System.Text.Json;

namespace ApiJwts;

/// <summary>Reads the JOSE header (RFC 7515, section 4): what it may ask for is decided here, and is very little.</summary>
internal static class TokenHeader
{
    private static readonly DecodeResult NotStrict = DecodeResult.Malformed("The header is not one strict JSON object.");
    private static readonly DecodeResult OtherAlgorithm = new(TokenFailure.UnsupportedAlgorithm, "The header's 'alg' is not RS256.");
    private static readonly DecodeResult OtherType = new(TokenFailure.UnsupportedHeader, "The header's 'typ' is not JWT.");
    private static readonly DecodeResult NotImplemented = new(TokenFailure.UnsupportedHeader, "The header has 'crit', 'b64', 'zip' or 'enc', which this library does not implement.");

    [Flags]
    private enum Members
    {
        None = 0,
        Algorithm = 1,
        KeyId = 2,
        Type = 4,
        Critical = 8,
        Encoding = 16,
        Compression = 32,
        Encryption = 64,
        NotImplemented = Critical | Encoding | Compression | Encryption,
    }

    /// <summary>The reason to refuse the token by its header alone; <see langword="null"/> if there is none.</summary>
    /// <remarks>
    /// Members with keys or addresses of keys (<c>jwk</c>, <c>jku</c>, <c>x5c</c>, <c>x5u</c>) are passed over like any unknown one: no key
    /// is ever taken from a token.
    /// </remarks>
    public static DecodeResult? FindRefusal(ReadOnlySpan<byte> json, out string? keyId)
    {
        keyId = null;
        return StrictJson.TryOpenObject(json, out Utf8JsonReader reader) ? Read(ref reader, ref keyId) : NotStrict;
    }

    private static DecodeResult? Read(ref Utf8JsonReader reader, ref string? keyId)
    {
        Members seen = Members.None;
        HashSet<string>? others = null;
        bool isRs256 = false;
        bool isJwt = true;
        while (StrictJson.NextMember(ref reader))
        {
            Members member = Recognise(ref reader);
            // Only a name of others costs a string.
            string? other = member == Members.None ? reader.GetString()! : null;
            Members before = seen;
            seen |= member;
            bool isNew = other is null ? seen != before : (others ??= new(StringComparer.Ordinal)).Add(other);
            if (!isNew)
                return NotStrict;
            reader.Read();
            bool isText = reader.TokenType == JsonTokenType.String;
            if (!isText && other is "cty" or "jku" or "x5u" or "x5t" or "x5t#S256")
                return NotStrict;
            if (member == Members.Algorithm)
                isRs256 = isText && reader.ValueTextEquals("RS256"u8);
            else if (member == Members.Type)
                isJwt = isText && (reader.ValueTextEquals("JWT"u8) || string.Equals(reader.GetString(), "JWT", StringComparison.OrdinalIgnoreCase));
            else if (member == Members.KeyId && !isText)
                return NotStrict;
            else if (member == Members.KeyId)
                keyId = reader.GetString();
            if (!StrictJson.Skip(ref reader))
                return NotStrict;
        }

        return !isRs256 ? OtherAlgorithm
            : (seen & Members.NotImplemented) != 0 ? NotImplemented
            : isJwt ? null
            : OtherType;
    }

    private static Members Recognise(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("alg"u8) ? Members.Algorithm
        : reader.ValueTextEquals("kid"u8) ? Members.KeyId
        : reader.ValueTextEquals("typ"u8) ? Members.Type
        : reader.ValueTextEquals("crit"u8) ? Members.Critical
        : reader.ValueTextEquals("b64"u8) ? Members.Encoding
        : reader.ValueTextEquals("zip"u8) ? Members.Compression
        : reader.ValueTextEquals("enc"u8) ? Members.Encryption
        : Members.None;
}
