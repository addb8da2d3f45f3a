namespace ApiJwts;

/// <summary>The state of reading the key files, for health checks.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class KeyFileStatus
{
    internal KeyFileStatus(DateTimeOffset lastRead, string? fault)
    {
        LastRead = lastRead;
        Fault = fault;
    }

    /// <summary>The time at which the keys in use were read from the files, by the clock of this machine.</summary>
    public DateTimeOffset LastRead { get; }

    /// <summary>
    /// Why the current contents of the files cannot be used, with the setting and the path but without text of a key;
    /// <see langword="null"/> if they are in use.
    /// </summary>
    public string? Fault { get; }
}
