namespace ApiJwts;

/// <summary>How the reading of the key files goes, for health checks.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class KeyFileStatus
{
    internal KeyFileStatus(DateTimeOffset lastRead, string? fault)
    {
        LastRead = lastRead;
        Fault = fault;
    }

    /// <summary>When the keys that are in use were read from the files, by the clock of this machine.</summary>
    public DateTimeOffset LastRead { get; }

    /// <summary>
    /// Why what stands in the files now cannot be used, by setting and path, without a character of a key; <see langword="null"/> if it is
    /// in use.
    /// </summary>
    public string? Fault { get; }
}
