namespace ApiJwts;

/// <summary>
/// Chooses the <c>iat</c> of a new token. It is rounded down to whole seconds, so a token that is issued in the same second as a revocation
/// gets a later second. Otherwise the new token would be refused.
/// </summary>
internal static class IssueTime
{
    /// <summary>The resolution of <c>iat</c>.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>How far in the future the <c>iat</c> of a new token may be: two seconds, after two revocations within one second.</summary>
    private static readonly TimeSpan LongestLead = 2 * Resolution;

    /// <summary>The <c>iat</c> of a token that is issued now, after these revocations.</summary>
    public static DateTimeOffset Of(DateTimeOffset now, params ReadOnlySpan<Revocation?> revocations)
    {
        DateTimeOffset second = SecondOf(now);
        DateTimeOffset last = second + LongestLead;
        foreach (Revocation? revocation in revocations)
        {
            while (second < last && revocation?.IncludesIssuedAt(second) == true)
                second += Resolution;
        }

        return second;
    }

    /// <summary>
    /// The time of a new revocation. A token that was issued after an earlier revocation in this second has a later second as <c>iat</c>, so the
    /// new revocation must be later still. After three revocations in one second, new tokens are refused for up to <see cref="LongestLead"/>.
    /// </summary>
    public static DateTimeOffset Include(DateTimeOffset now, IEnumerable<Revocation?> earlier)
    {
        DateTimeOffset second = SecondOf(now);
        if (earlier.Max(entry => entry?.IssuedBefore) is not { } last || last < second)
            return now;
        // The latest iat that was written since.
        DateTimeOffset latest = SecondOf(last - TimeSpan.FromTicks(1)) + Resolution;
        DateTimeOffset after = new[] { latest, second + LongestLead }.Min() + TimeSpan.FromMilliseconds(1);
        return new[] { after, now }.Max();
    }

    private static DateTimeOffset SecondOf(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());
}
