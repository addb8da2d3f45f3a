namespace ApiJwts;

/// <summary>The values of a claim that may be issued, in the form of the token: values for every policy key, and values for single ones. Immutable.</summary>
internal sealed record AllowedValues(IReadOnlyList<string> ForEveryPolicyKey)
{
    private Dictionary<string, string[]> ForPolicyKey { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The policy keys with values of their own.</summary>
    public IEnumerable<string> PolicyKeys => ForPolicyKey.Keys;

    public AllowedValues Add(IEnumerable<string> values) => this with { ForEveryPolicyKey = [.. ForEveryPolicyKey.Union(values)] };

    public AllowedValues For(string policyKey, string[] values) =>
        this with { ForPolicyKey = new Dictionary<string, string[]>(ForPolicyKey, StringComparer.Ordinal) { [policyKey] = values } };

    public IReadOnlyList<string> Of(string policyKey) => [.. ForEveryPolicyKey.Union(ForPolicyKey.GetValueOrDefault(policyKey, []))];

    public bool Contains(string value, string policyKey) => ForEveryPolicyKey.Contains(value) || ForPolicyKey.GetValueOrDefault(policyKey, []).Contains(value);
}
