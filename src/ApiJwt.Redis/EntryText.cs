using System.Globalization;

namespace ApiJwts.Redis;

/// <summary>Formats and parses an entry as Redis stores it: <c>t EXPIRY ID</c> for a token, <c>s BEFORE EXPIRY HASH</c> for a subject, <c>a BEFORE EXPIRY</c> for all, in milliseconds since 1970.</summary>
internal static class EntryText
{
    public static string Of(Revocation entry) =>
        entry.TokenId is not null ? $"t {Text(entry.ExpiresAt)} {entry.TokenId}"
        : entry.SubjectHash is not null ? $"s {Text(entry.IssuedBefore!.Value)} {Text(entry.ExpiresAt)} {entry.SubjectHash}"
        : $"a {Text(entry.IssuedBefore!.Value)} {Text(entry.ExpiresAt)}";

    /// <summary><see langword="null"/> for a text that this version does not know.</summary>
    public static Revocation? Read(string text)
    {
        try
        {
            // The id of a token is last, because it may contain spaces.
            return text.Length > 0 && text[0] == 't' && text.Split(' ', 3) is [_, { } expiry, { } tokenId] ? Revocation.OfToken(tokenId, Moment(expiry))
                : text.Split(' ') switch
                {
                    ["s", { } before, { } end, { } subjectHash] => Revocation.OfSubjectHash(subjectHash, Moment(before), Moment(end)),
                    ["a", { } before, { } end] => Revocation.OfAll(Moment(before), Moment(end)),
                    _ => null,
                };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Whether Redis removes an earlier entry when this one is added, because both revoke the tokens of one subject, or of all.</summary>
    public static bool Replaces(string text, string earlier) =>
        Read(text) is { TokenId: null } entry && Read(earlier) is { TokenId: null } replaced && entry.SubjectHash == replaced.SubjectHash;

    // Rounded up, so that no revoked token is missed, but not beyond the largest moment. A moment before 1970 is written as 1970, because the
    // script reads no sign.
    private static long Milliseconds(DateTimeOffset moment) => Math.Max(
        0, moment.ToUniversalTime().AddTicks(Math.Min(TimeSpan.TicksPerMillisecond - 1, DateTimeOffset.MaxValue.UtcTicks - moment.UtcTicks)).ToUnixTimeMilliseconds());

    private static string Text(DateTimeOffset moment) => Milliseconds(moment).ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
}
