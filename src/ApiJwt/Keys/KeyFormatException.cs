namespace ApiJwts;

/// <summary>One or more keys could not be used. Every fault is listed, by setting; no key text is.</summary>
public sealed class KeyFormatException : ApiJwtException
{
    internal KeyFormatException(IReadOnlyList<string> faults)
        : base(faults.Count == 1 ? faults[0] : $"{faults.Count} keys cannot be used:{string.Concat(faults.Select(f => "\n  " + f))}")
        => Faults = Array.AsReadOnly(faults.ToArray());

    /// <summary>One sentence for each fault: the setting, the reason, and what to do.</summary>
    public IReadOnlyList<string> Faults { get; }
}
