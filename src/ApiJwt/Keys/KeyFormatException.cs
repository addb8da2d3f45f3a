namespace ApiJwts;

/// <summary>One or more keys cannot be used. The message lists every fault by setting, without text of a key.</summary>
public sealed class KeyFormatException : ApiJwtException
{
    internal KeyFormatException(IReadOnlyList<string> faults)
        : base(faults.Count == 1 ? faults[0] : $"{faults.Count} keys cannot be used:{string.Concat(faults.Select(f => "\n  " + f))}")
        => Faults = Array.AsReadOnly(faults.ToArray());

    /// <summary>One sentence for each fault: the setting, the reason, and what to do.</summary>
    public IReadOnlyList<string> Faults { get; }
}
