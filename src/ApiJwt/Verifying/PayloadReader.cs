using System.Globalization;
using System.Text.Json;

namespace ApiJwts;

/// <summary>
/// Reads the claims of a payload whose signature is good. What is checked here is what is returned: there is no second reading.
/// </summary>
internal static class PayloadReader
{
    // The first second of the year 1.
    private const long EarliestSecond = -62135596800;

    /// <summary>The payload; <see langword="null"/> with a <paramref name="fault"/> that names the claim.</summary>
    public static VerifiedPayload? Read(ReadOnlySpan<byte> utf8, PayloadPolicy policy, out string? fault)
    {
        if (StrictJson.ParseObject(utf8) is not { } json)
        {
            fault = "The payload is not one strict JSON object.";
            return null;
        }

        string issuer = "", subject = "", factor = "", target = "";
        string[] scopes = [];
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
                "exp" => Time(value, ref expiresAt),
                "level" => Level(value, ref level),
                "factor" => Text(value, ref factor),
                "target" => Text(value, ref target),
                "dnt" => Choice(value, ref doNotTrack),
                "scopes" => Scopes(value, ref scopes),
                "nbf" => Time(value, ref notBefore),
                "iat" => Time(value, ref issuedAt),
                // RFC 7519, section 4.1.7. A deny-list must not find 1 where another reader found "1".
                "jti" when value.ValueKind != JsonValueKind.String => "a string",
                _ => null,
            };
            if (fault is not null)
            {
                fault = $"The claim '{claim.Name}' is not {fault}.";
                return null;
            }
        }

        fault = subject.Length == 0 ? "The claim 'sub' is missing or empty."
            : expiresAt is null ? "The claim 'exp' is missing."
            : null;
        return fault is not null ? null : new VerifiedPayload(scopes, hasOthers ? json : default)
        {
            Subject = subject,
            Issuer = issuer,
            Key = policy.KeyOf(issuer),
            Level = level,
            Factor = factor,
            Target = target,
            DoNotTrack = doNotTrack,
            ExpiresAt = expiresAt!.Value,
            NotBefore = notBefore ?? DateTimeOffset.MinValue,
        };
    }

    private static string? Text(JsonElement json, ref string text)
    {
        if (json.ValueKind != JsonValueKind.String)
            return "a string";
        text = json.GetString()!;
        return null;
    }

    /// <summary>A NumericDate (RFC 7519, section 2): a JSON number of seconds since 1970, which may have a fraction.</summary>
    private static string? Time(JsonElement json, ref DateTimeOffset? time)
    {
        time = json.ValueKind != JsonValueKind.Number ? null
            : json.TryGetInt64(out long seconds) && seconds <= WireText.LatestSecond ? DateTimeOffset.FromUnixTimeSeconds(Math.Max(seconds, EarliestSecond))
            : json.TryGetDouble(out double fractional) && double.IsFinite(fractional) && fractional <= WireText.LatestSecond
                ? DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Max(fractional, EarliestSecond) * TimeSpan.TicksPerSecond))
            : null;
        return time is null ? "a finite JSON number of seconds up to the year 9999" : null;
    }

    /// <summary>Digits, perhaps with a point between digits: no sign, no exponent in a string, no blanks, no words such as nan.</summary>
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

    private static string? Scopes(JsonElement json, ref string[] scopes)
    {
        if (json.ValueKind == JsonValueKind.String)
            scopes = json.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries);
        // A comma inside an element would be one scope to a reader of arrays and two to a reader of strings.
        else if (StrictJson.ReadStrings(json) is { } elements && !Array.Exists(elements, element => element.Contains(',', StringComparison.Ordinal)))
            scopes = elements;
        else
            return "a string, or an array of strings without commas";
        return null;
    }
}
