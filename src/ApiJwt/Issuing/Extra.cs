namespace ApiJwts;

/// <summary>
/// A claim of your own, beside the ones every token has: its name, what it holds, its default, and the values that may be issued.
/// Pass it to <see cref="PayloadPolicy.AllowExtra"/>.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. On the wire every extra is a JSON string: numbers in their invariant form, lists joined by
/// commas. Without a default, the claim is left out of tokens that do not ask for it. With neither <c>allowed</c> nor
/// <c>allowedPerKey</c> any value may be issued; with both, a key may issue the values of either.
/// </remarks>
public sealed class Extra
{
    private Extra(
        string name, ClaimKind kind, ClaimValue defaultValue, IEnumerable<ClaimValue>? allowed, IEnumerable<KeyValuePair<string, IEnumerable<ClaimValue>>>? allowedPerKey)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Kind = kind;
        DefaultValue = defaultValue;
        Allowed = allowed?.ToArray();
        AllowedPerKey = allowedPerKey?.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The claim's name on the wire.</summary>
    public string Name { get; }

    private ClaimKind Kind { get; }

    private ClaimValue DefaultValue { get; }

    private ClaimValue[]? Allowed { get; }

    private Dictionary<string, ClaimValue[]>? AllowedPerKey { get; }

    /// <summary>An extra that holds a text.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <param name="defaultValue">What a token carries that does not ask for the extra; <see langword="null"/> for nothing.</param>
    /// <param name="allowed">The values that every key may issue.</param>
    /// <param name="allowedPerKey">The values that a key may issue, by key.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra Text(
        string name, string? defaultValue = null, IEnumerable<string>? allowed = null, IReadOnlyDictionary<string, string[]>? allowedPerKey = null) =>
        new(name, ClaimKind.Text, defaultValue, allowed?.Select(ClaimValue.From), PerKey(allowedPerKey, ClaimValue.From));

    /// <summary>An extra that holds a list of text.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <param name="defaultValue">What a token carries that does not ask for the extra; <see langword="null"/> for nothing.</param>
    /// <param name="allowed">The elements that every key may issue.</param>
    /// <param name="allowedPerKey">The elements that a key may issue, by key.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra TextList(
        string name, IEnumerable<string>? defaultValue = null, IEnumerable<string>? allowed = null, IReadOnlyDictionary<string, string[]>? allowedPerKey = null) =>
        new(name, ClaimKind.TextList, ClaimValue.From(defaultValue), allowed?.Select(ClaimValue.From), PerKey(allowedPerKey, ClaimValue.From));

    /// <summary>An extra that holds an integer.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <param name="defaultValue">What a token carries that does not ask for the extra; <see langword="null"/> for nothing.</param>
    /// <param name="allowed">The values that every key may issue.</param>
    /// <param name="allowedPerKey">The values that a key may issue, by key.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra Integer(
        string name, long? defaultValue = null, IEnumerable<long>? allowed = null, IReadOnlyDictionary<string, long[]>? allowedPerKey = null) =>
        new(name, ClaimKind.Integer, defaultValue ?? default(ClaimValue), allowed?.Select(ClaimValue.From), PerKey(allowedPerKey, ClaimValue.From));

    /// <summary>An extra that is true or false. On the wire it is <c>True</c> or <c>False</c>, as Python writes them.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <param name="defaultValue">What a token carries that does not ask for the extra; <see langword="null"/> for nothing.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra Boolean(string name, bool? defaultValue = null) =>
        new(name, ClaimKind.Boolean, defaultValue ?? default(ClaimValue), allowed: null, allowedPerKey: null);

    /// <summary>An extra that holds a finite number.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <param name="defaultValue">What a token carries that does not ask for the extra; <see langword="null"/> for nothing.</param>
    /// <param name="allowed">The values that every key may issue.</param>
    /// <param name="allowedPerKey">The values that a key may issue, by key.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra Number(
        string name, double? defaultValue = null, IEnumerable<double>? allowed = null, IReadOnlyDictionary<string, double[]>? allowedPerKey = null) =>
        new(name, ClaimKind.Number, defaultValue ?? default(ClaimValue), allowed?.Select(ClaimValue.From), PerKey(allowedPerKey, ClaimValue.From));

    /// <summary>The rule of the policy that this declares.</summary>
    internal ClaimRule ToRule()
    {
        if (Name.Length == 0 || !UnicodeText.IsWellFormed(Name))
            throw new ApiJwtException("The name of an extra must be a non-empty string without lone surrogates.");
        if (ClaimNames.Reserved.Contains(Name))
            throw new ApiJwtException($"The claim name '{Name}' is reserved. Give the extra another name.");
        if (AllowedPerKey is { Count: 0 })
            throw new ApiJwtException($"The extra '{Name}' has an empty allowedPerKey. Name at least one key, or leave it out to allow any value.");
        var rule = new ClaimRule(Name, Kind, $"Allow it in the Extra '{Name}'");
        if (Allowed is not null)
            rule = rule.Allow([.. Allowed.SelectMany(rule.Wire)]);
        foreach ((string policyKey, ClaimValue[] values) in AllowedPerKey ?? [])
            rule = rule.AllowFor(policyKey, [.. values.SelectMany(rule.Wire)]);
        return rule.SetDefault(DefaultValue);
    }

    private static IEnumerable<KeyValuePair<string, IEnumerable<ClaimValue>>>? PerKey<T>(
        IReadOnlyDictionary<string, T[]>? values, Func<T, ClaimValue> convert) =>
        values?.Select(pair => KeyValuePair.Create(pair.Key, (pair.Value ?? []).Select(convert)));
}
