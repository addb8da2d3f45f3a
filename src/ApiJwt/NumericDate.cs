using System.Text.Json;

namespace ApiJwts;

/// <summary>A time as a token carries it: a JSON number of seconds since 1970-01-01T00:00:00Z, which may have a fraction (RFC 7519, section 2).</summary>
internal static class NumericDate
{
    /// <summary>The last second of the year 9999, the end of the range of RFC 3339, <see cref="DateTimeOffset"/> and Python's <c>datetime</c>.</summary>
    public const long Latest = 253402300799;

    /// <summary>The first second of the year 1.</summary>
    private const long Earliest = -62135596800;

    /// <summary>Reads a NumericDate; <see langword="null"/> if <paramref name="json"/> is not a number from <paramref name="least"/> to <see cref="Latest"/>.</summary>
    /// <param name="json">The value of the claim.</param>
    /// <param name="least">The smallest number that is accepted. The default is the smallest integer of 64 bits, below which IdentityModel throws when it reads a token.</param>
    /// <returns>The time. A number before the year 1 becomes the start of the year 1.</returns>
    public static DateTimeOffset? Read(JsonElement json, double least = long.MinValue) =>
        json.ValueKind != JsonValueKind.Number ? null
        : json.TryGetInt64(out long seconds) && seconds <= Latest ? DateTimeOffset.FromUnixTimeSeconds(Math.Max(seconds, Earliest))
        : json.TryGetDouble(out double fractional) && fractional >= least && fractional <= Latest
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Max(fractional, Earliest) * TimeSpan.TicksPerSecond))
        : null;
}
