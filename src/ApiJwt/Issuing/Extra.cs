namespace ApiJwts;

/// <summary>
/// Declares a custom claim: its name, its type, its default, and the values that may be issued. Pass it to
/// <see cref="PayloadPolicy.AllowExtra"/>.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. The token contains every extra as a JSON string: numbers in invariant culture, lists joined by commas.
/// Without a default, a token whose request does not set the extra does not have the claim. Without <c>allowed</c> and
/// <c>allowedPerKey</c>, any value may be issued. With both, a policy key may issue the values of both lists.
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

    /// <summary>The claim's name in the token.</summary>
    public string Name { get; }

    private ClaimKind Kind { get; }

    private ClaimValue DefaultValue { get; }

    private ClaimValue[]? Allowed { get; }

    private Dictionary<string, ClaimValue[]>? AllowedPerKey { get; }

    /// <summary>Declares an extra with a string value.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <param name="defaultValue">The value in tokens whose request does not set the extra; <see langword="null"/> omits the claim.</param>
    /// <param name="allowed">The values that may be issued for every policy key.</param>
    /// <param name="allowedPerKey">More values that may be issued for single policy keys.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra Text(
        string name, string? defaultValue = null, IEnumerable<string>? allowed = null, IReadOnlyDictionary<string, string[]>? allowedPerKey = null) =>
        new(name, ClaimKind.Text, defaultValue, allowed?.Select(ClaimValue.From), PerKey(allowedPerKey, ClaimValue.From));

    /// <summary>Declares an extra with a list of strings.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <param name="defaultValue">The value in tokens whose request does not set the extra; <see langword="null"/> omits the claim.</param>
    /// <param name="allowed">The elements that may be issued for every policy key.</param>
    /// <param name="allowedPerKey">More elements that may be issued for single policy keys.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra TextList(
        string name, IEnumerable<string>? defaultValue = null, IEnumerable<string>? allowed = null, IReadOnlyDictionary<string, string[]>? allowedPerKey = null) =>
        new(name, ClaimKind.TextList, ClaimValue.From(defaultValue), allowed?.Select(ClaimValue.From), PerKey(allowedPerKey, ClaimValue.From));

    /// <summary>Declares an extra with an integer value.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <param name="defaultValue">The value in tokens whose request does not set the extra; <see langword="null"/> omits the claim.</param>
    /// <param name="allowed">The values that may be issued for every policy key.</param>
    /// <param name="allowedPerKey">More values that may be issued for single policy keys.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra Integer(
        string name, long? defaultValue = null, IEnumerable<long>? allowed = null, IReadOnlyDictionary<string, long[]>? allowedPerKey = null) =>
        new(name, ClaimKind.Integer, defaultValue ?? default(ClaimValue), allowed?.Select(ClaimValue.From), PerKey(allowedPerKey, ClaimValue.From));

    /// <summary>Declares an extra with a Boolean value. The token contains <c>True</c> or <c>False</c>, as Python formats them.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <param name="defaultValue">The value in tokens whose request does not set the extra; <see langword="null"/> omits the claim.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra Boolean(string name, bool? defaultValue = null) =>
        new(name, ClaimKind.Boolean, defaultValue ?? default(ClaimValue), allowed: null, allowedPerKey: null);

    /// <summary>Declares an extra with a finite number.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <param name="defaultValue">The value in tokens whose request does not set the extra; <see langword="null"/> omits the claim.</param>
    /// <param name="allowed">The values that may be issued for every policy key.</param>
    /// <param name="allowedPerKey">More values that may be issued for single policy keys.</param>
    /// <returns>The declaration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static Extra Number(
        string name, double? defaultValue = null, IEnumerable<double>? allowed = null, IReadOnlyDictionary<string, double[]>? allowedPerKey = null) =>
        new(name, ClaimKind.Number, defaultValue ?? default(ClaimValue), allowed?.Select(ClaimValue.From), PerKey(allowedPerKey, ClaimValue.From));

    /// <summary>The policy rule for this declaration.</summary>
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
