namespace ApiJwts;

/// <summary>How the fetching of a key set goes, for health checks.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class KeyFetchStatus
{
    internal KeyFetchStatus(Uri address) => Address = address;

    /// <summary>Where the key set is fetched from.</summary>
    public Uri Address { get; }

    /// <summary>When a key set was last fetched, by the clock of this machine; <see langword="null"/> before the first time.</summary>
    public DateTimeOffset? LastFetched { get; internal init; }

    /// <summary>Why the last fetch failed, in one sentence without a value of a key; <see langword="null"/> if it did not.</summary>
    public string? Fault { get; internal init; }

    /// <summary>Whether a key for RS256 was ever fetched. Until then, tokens are refused as <see cref="TokenFailure.KeysUnavailable"/>.</summary>
    public bool HasHadKeys { get; internal init; }

    /// <summary>Whether the key set is older than twenty minutes, which is twice as long as it should be.</summary>
    public bool IsOutdated { get; internal init; }
}
