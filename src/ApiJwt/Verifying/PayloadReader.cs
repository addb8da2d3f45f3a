using System.Globalization;
using System.Text.Json;

namespace ApiJwts;

/// <summary>
/// Reads the claims of a payload whose signature was verified. It parses the JSON once, so that the values that are checked are the values that
/// are returned.
/// </summary>
internal static class PayloadReader
{
    /// <summary>Reads the payload; <see langword="null"/> if it is invalid.</summary>
    /// <param name="utf8">The JSON of the payload.</param>
    /// <param name="policy">Determines the policy key by the issuer.</param>
    /// <param name="needsSubject">Whether a token without <c>sub</c> is refused.</param>
    /// <param name="fault">Why the payload is invalid, with the name of the claim; <see langword="null"/> if it is valid.</param>
    public static VerifiedPayload? Read(ReadOnlySpan<byte> utf8, PayloadPolicy policy, bool needsSubject, out string? fault)
    {
        if (StrictJson.ParseObject(utf8) is not { } json)
        {
            fault = "The payload is not a single strict JSON object.";
            return null;
        }

        string issuer = "", subject = "", factor = "", target = "", tokenId = "";
        var scopes = new ScopeReader();
        DateTimeOffset? expiresAt = null, notBefore = null, issuedAt = null;
        double level = 0;
        var doNotTrack = DoNotTrack.Normal;
        bool hasOthers = false;
        foreach (JsonProperty claim in json.EnumerateObject())
        {
            JsonElement value = claim.Value;
            hasOthers |= VerifiedPayload.PropertyOf(claim.Name) is null;
            fault = claim.Name switch
            {
                "iss" => Text(value, ref issuer),
                "sub" => Text(value, ref subject),
                // Any number in the past is accepted: the token has expired, and is not malformed.
                "exp" => Time(value, ref expiresAt, double.MinValue),
                "level" => Level(value, ref level),
                "factor" => Text(value, ref factor),
                "target" => Text(value, ref target),
                "dnt" => Choice(value, ref doNotTrack),
                "scopes" => scopes.Read(value, separator: ','),
                // RFC 8693, section 4.2, defines "scope". Some providers write "scp" instead.
                "scope" or "scp" => scopes.Read(value, separator: ' '),
                "nbf" => Time(value, ref notBefore),
                "iat" => Time(value, ref issuedAt),
                "jti" => Text(value, ref tokenId),
                _ => null,
            };
            if (fault is not null)
            {
                fault = $"The claim '{claim.Name}' is not {fault}.";
                return null;
            }
        }

        fault = subject.Length == 0 && (needsSubject || json.TryGetProperty(ClaimNames.Subject, out _)) ? "The claim 'sub' is missing or empty."
            : scopes.Differ ? "Two of the claims 'scopes', 'scope' and 'scp' name different scopes."
            : expiresAt is null ? "The claim 'exp' is missing."
            : null;
        return fault is not null ? null : new VerifiedPayload(scopes.Found, hasOthers ? json : default)
        {
            Subject = subject,
            Issuer = issuer,
            Key = policy.Rules.PolicyKeyOf(issuer, json),
            Level = level,
            Factor = factor,
            Target = target,
            DoNotTrack = doNotTrack,
            ExpiresAt = expiresAt!.Value,
            NotBefore = notBefore ?? DateTimeOffset.MinValue,
            IssuedAt = issuedAt,
            TokenId = tokenId.Length > 0 ? tokenId : null,
        };
    }

    private static string? Text(JsonElement json, ref string text)
    {
        if (json.ValueKind != JsonValueKind.String)
            return "a string";
        text = json.GetString()!;
        return null;
    }

    private static string? Time(JsonElement json, ref DateTimeOffset? time, double least = long.MinValue)
    {
        time = NumericDate.Read(json, least);
        return time is null ? "a finite JSON number of seconds up to the year 9999" : null;
    }

    /// <summary>Reads a non-negative JSON number, or a string of digits with an optional decimal point between them. A string must not have a sign, an exponent or spaces.</summary>
    private static string? Level(JsonElement json, ref double level)
    {
        bool isLevel = json.ValueKind switch
        {
            JsonValueKind.Number => json.GetRawText()[0] != '-' && json.TryGetDouble(out level),
            JsonValueKind.String => json.GetString() is { Length: > 0 } text && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])
                && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out level),
            _ => false,
        };
        return isLevel && double.IsFinite(level) ? null : "a finite number, 0 or higher";
    }

    private static string? Choice(JsonElement json, ref DoNotTrack choice)
    {
        string? text = json.ValueKind is JsonValueKind.String ? json.GetString() : json.GetRawText();
        if (text is not ['0' or '1' or '2' or '3'])
            return "0, 1, 2 or 3";
        choice = (DoNotTrack)(text[0] - '0');
        return null;
    }
}
