namespace ApiJwts;

/// <summary>The time that one call may wait for keys and for the list of revoked tokens, together.</summary>
/// <remarks>It uses the system clock: with a fake clock that stands still, a caller would wait forever.</remarks>
internal readonly record struct WaitLimit(long Begin)
{
    /// <summary>After a failed fetch, no call waits for this long, because the next fetch is likely to fail too.</summary>
    public static readonly TimeSpan NoWaitAfterFailure = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The time that is left; zero if there is none.</summary>
    public TimeSpan Left => TimeProvider.System.GetElapsedTime(Begin) is var passed && passed < Longest ? Longest - passed : TimeSpan.Zero;

    public static WaitLimit Start() => new(TimeProvider.System.GetTimestamp());
}
