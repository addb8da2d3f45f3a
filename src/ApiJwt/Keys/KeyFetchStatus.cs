namespace ApiJwts;

/// <summary>The state of fetching a key set, for health checks.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class KeyFetchStatus
{
    internal KeyFetchStatus(Uri address) => Address = address;

    /// <summary>The address of the key set.</summary>
    public Uri Address { get; }

    /// <summary>The time of the last successful fetch, by the clock of this machine; <see langword="null"/> before the first one.</summary>
    public DateTimeOffset? LastFetched { get; internal init; }

    /// <summary>Why the last fetch failed or brought no usable key, without a value of a key; <see langword="null"/> if it succeeded.</summary>
    public string? Fault { get; internal init; }

    /// <summary>Whether a key for RS256 was ever fetched. Until then, a service without other keys refuses tokens as <see cref="TokenFailure.KeysUnavailable"/>.</summary>
    public bool HasHadKeys { get; internal init; }

    /// <summary>Whether the key set is older than 20 minutes, twice the interval at which it is fetched.</summary>
    public bool IsOutdated { get; internal init; }
}
