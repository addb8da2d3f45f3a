namespace ApiJwts;

/// <summary>The values of a claim that may be issued, as they stand on the wire: for every key, and for one. Immutable.</summary>
internal sealed record AllowedValues(IReadOnlyList<string> ForEveryKey)
{
    private Dictionary<string, string[]> ForKey { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The keys that have values of their own.</summary>
    public IEnumerable<string> Keys => ForKey.Keys;

    public AllowedValues Add(IEnumerable<string> values) => this with { ForEveryKey = [.. ForEveryKey.Union(values)] };

    public AllowedValues For(string policyKey, string[] values) =>
        this with { ForKey = new Dictionary<string, string[]>(ForKey, StringComparer.Ordinal) { [policyKey] = values } };

    public IReadOnlyList<string> Of(string policyKey) => [.. ForEveryKey.Union(ForKey.GetValueOrDefault(policyKey, []))];

    public bool Contains(string value, string policyKey) => ForEveryKey.Contains(value) || ForKey.GetValueOrDefault(policyKey, []).Contains(value);
}
