using System.Text.Json;

namespace ApiJwts;

/// <summary>The list of revoked tokens as a signed document: a JWS (RFC 7515) with its own type, a time of issue and an expiry.</summary>
/// <remarks>
/// The claims <c>iat</c>, <c>exp</c> and <c>ttl</c> follow the IETF's Token Status List. Unlike that draft, the document lists the revoked
/// tokens, because a status bit per token requires an index from shared state for every token that is issued.
/// </remarks>
internal sealed record RevocationDocument(DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, IReadOnlyCollection<Revocation> Entries)
{
    public const string Type = "apijwt-revocations+jwt";

    /// <summary>The maximum length of a document in bytes, enough for about 100,000 tokens.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    private static readonly decimal LatestMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static readonly TokenTypes Types = new([Type]);

    public async ValueTask<string> SignAsync(SigningKey signingKey, TimeSpan timeToLive, CancellationToken cancel)
    {
        byte[] header = CompactJws.WriteHeader(signingKey, Type);
        byte[] payload = CompactJws.WriteObject(json => WriteClaims(json, timeToLive));
        if (CompactJws.LengthOf(header, payload, signingKey) > MaxLength)
            throw new ApiJwtException($"The list of revoked tokens has {Entries.Count} entries, and is longer than {MaxLength} bytes. Revoke all tokens of a subject, or all tokens, instead of single tokens.");
        return await CompactJws.SignAsync(header, payload, signingKey, cancel).ConfigureAwait(false);
    }

    /// <summary>Verifies and reads a document; <see langword="null"/> if it is invalid.</summary>
    /// <param name="ascii">The document in JWS Compact Serialization.</param>
    /// <param name="keys">The keys that may have signed it.</param>
    /// <param name="fault">The reason, if the document is invalid.</param>
    /// <param name="isOfUnknownKey">Whether the document may be valid with a key that was not fetched yet.</param>
    public static RevocationDocument? Read(byte[] ascii, EffectiveKeys keys, out string fault, out bool isOfUnknownKey)
    {
        isOfUnknownKey = false;
        byte[] json = new byte[ascii.Length];
        fault = "answered with a document that is not a list of revoked tokens";
        if (!CompactToken.TryParse(ascii, out CompactToken parts)
            || TokenHeader.FindRefusal(json.AsSpan(0, CompactToken.Decode(parts.Header, json)), Types, out string? keyId) is not null)
            return null;
        byte[] signature = new byte[CompactToken.DecodedLength(parts.Signature)];
        CompactToken.Decode(parts.Signature, signature);
        KeyMatch match = keys.Verify(keyId, ascii, parts.SigningInputLength, signature);
        if (match != KeyMatch.Good)
        {
            isOfUnknownKey = match == KeyMatch.Unknown;
            fault = "answered with a list whose signature no key of this service verifies";
            return null;
        }

        try
        {
            return StrictJson.ParseObject(json.AsSpan(0, CompactToken.Decode(parts.Payload, json))) is { } payload ? ReadClaims(payload) : null;
        }
        // A claim is missing or has the wrong type. The signature is valid, but another program wrote the document.
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static RevocationDocument ReadClaims(JsonElement payload)
    {
        var entries = new List<Revocation>();
        foreach (JsonProperty token in payload.GetProperty("tokens").EnumerateObject())
            entries.Add(Revocation.OfToken(token.Name, Moment(token.Value)));
        foreach (JsonProperty subject in payload.GetProperty("subjects").EnumerateObject())
            entries.Add(Revocation.OfSubjectHash(subject.Name, Moment(subject.Value[0]), Moment(subject.Value[1])));
        if (payload.TryGetProperty("all", out JsonElement all))
            entries.Add(Revocation.OfAll(Moment(all[0]), Moment(all[1])));
        return new RevocationDocument(Moment(payload.GetProperty("iat")), Moment(payload.GetProperty("exp")), entries);
    }

    private static DateTimeOffset Moment(JsonElement json) => DateTimeOffset.FromUnixTimeMilliseconds((long)decimal.Ceiling(json.GetDecimal() * 1000));

    // Rounded up to milliseconds: rounding down would leave tokens valid that were revoked within that millisecond.
    private static decimal Seconds(DateTimeOffset moment) =>
        Math.Min(decimal.Ceiling((decimal)(moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond), LatestMillisecond) / 1000;

    private void WriteClaims(Utf8JsonWriter json, TimeSpan timeToLive)
    {
        json.WriteNumber("iat", Seconds(IssuedAt));
        json.WriteNumber("exp", Seconds(ExpiresAt));
        json.WriteNumber("ttl", (long)timeToLive.TotalSeconds);
        json.WriteStartObject("tokens");
        foreach (Revocation token in Entries.Where(entry => entry.TokenId is not null))
            json.WriteNumber(token.TokenId!, Seconds(token.ExpiresAt));
        json.WriteEndObject();
        json.WriteStartObject("subjects");
        foreach (Revocation subject in Entries.Where(entry => entry.SubjectHash is not null))
        {
            json.WriteStartArray(subject.SubjectHash!);
            json.WriteNumberValue(Seconds(subject.IssuedBefore!.Value));
            json.WriteNumberValue(Seconds(subject.ExpiresAt));
            json.WriteEndArray();
        }

        json.WriteEndObject();
        if (Entries.FirstOrDefault(entry => entry is { TokenId: null, SubjectHash: null }) is { } all)
        {
            json.WriteStartArray("all");
            json.WriteNumberValue(Seconds(all.IssuedBefore!.Value));
            json.WriteNumberValue(Seconds(all.ExpiresAt));
            json.WriteEndArray();
        }
    }
}
