namespace ApiJwts;

/// <summary>The policy's rule for one claim. Values are compared in the form of the token, so that 3 and 3.0 are the same level.</summary>
/// <remarks>Immutable. A change returns a new rule, or throws.</remarks>
internal sealed record ClaimRule(string Name, ClaimKind Kind, string HowToAllow)
{
    private const int MostValuesInMessage = 20;

    /// <summary>The values that may be issued if the subclass allows none itself; <see langword="null"/> for any value.</summary>
    public AllowedValues? BuiltInValues { get; init; }

    /// <summary>The value of a token whose request has none. It need not be an allowed value. <see langword="null"/> omits the claim.</summary>
    public IReadOnlyList<string>? BuiltInDefault { get; init; }

    /// <summary>The values that the subclass allowed; <see langword="null"/> if it allowed none itself.</summary>
    private AllowedValues? NamedValues { get; init; }

    /// <summary>The default that the subclass set; <see langword="null"/> if it set none.</summary>
    private StatedDefault? Stated { get; init; }

    /// <summary>The policy keys with allowed values of their own.</summary>
    public IEnumerable<string> PolicyKeys => NamedValues?.PolicyKeys ?? [];

    private AllowedValues? Values => NamedValues ?? BuiltInValues;

    /// <summary>The values that the subclass allowed for a policy key; empty if it allowed none.</summary>
    public IReadOnlyList<string> NamedFor(string policyKey) => NamedValues?.Of(policyKey) ?? [];

    private string Description => Kind switch
    {
        ClaimKind.Text => "a string",
        ClaimKind.Integer => "an integer",
        ClaimKind.Number or ClaimKind.Level => "a finite number",
        ClaimKind.Boolean => "true or false",
        _ => "a list of strings",
    };

    /// <summary>Allows values for every policy key. The first call replaces the built-in values.</summary>
    /// <param name="values">The values in the form of the token.</param>
    public ClaimRule Allow(IReadOnlyCollection<string> values)
    {
        Check(values);
        return values.Count > 0
            ? this with { NamedValues = (NamedValues ?? new AllowedValues([])).Add(values) }
            : throw new ApiJwtException($"The list of values for claim '{Name}' is empty. Name at least one value.");
    }

    /// <summary>Allows values for one policy key.</summary>
    /// <param name="policyKey">The policy key.</param>
    /// <param name="values">The values in the form of the token; they may be empty.</param>
    public ClaimRule AllowFor(string policyKey, IReadOnlyCollection<string> values)
    {
        Check(values);
        return this with { NamedValues = (NamedValues ?? new AllowedValues([])).For(policyKey, [.. values.Distinct()]) };
    }

    public ClaimRule SetDefault(ClaimValue? value)
    {
        IReadOnlyList<string>? wire = value is { IsNone: false } some ? Wire(some) : null;
        Check(wire ?? []);
        return this with { Stated = new StatedDefault(wire) };
    }

    /// <summary>Converts a value to the form of the token, with one string for each element of a list.</summary>
    public IReadOnlyList<string> Wire(ClaimValue value) =>
        value.ToWire(Kind) ?? throw new ApiJwtException($"A value for claim '{Name}' must be {Description}.");

    /// <summary>Refuses a default of the subclass that is not allowed for a policy key. A built-in default is always issued.</summary>
    public void CheckDefault(string policyKey)
    {
        if (Stated?.Value?.FirstOrDefault(element => !Allows(element, policyKey)) is { } stray)
            throw new ApiJwtException($"The default '{stray}' of claim '{Name}' is not among the values allowed for key '{policyKey}'. {HowToAllow}, or set another default after it.");
    }

    /// <summary>The claim's value in the token; <see langword="null"/> if the token does not have the claim.</summary>
    public string? Resolve(ClaimValue requested, string policyKey)
    {
        if (requested.IsNone)
            return (Stated is null ? BuiltInDefault : Stated.Value) is { } value ? CommaJoinedList.Join(value) : null;
        IReadOnlyList<string> wire = requested.ToWire(Kind)
            ?? throw new PolicyViolationException($"Claim '{Name}' must be {Description}, but the request has a value of another type.", Name, policyKey: policyKey);
        foreach (string element in wire)
        {
            if (FaultOf(element) is { } fault)
                throw new PolicyViolationException($"Claim '{Name}': the value '{element}' {fault}. Request another value.", Name, element, policyKey: policyKey);
            if (!Allows(element, policyKey))
                throw NotAllowed(element, policyKey);
        }

        return CommaJoinedList.Join(wire);
    }

    private bool Allows(string element, string policyKey) => Values?.Contains(element, policyKey) ?? true;

    private PolicyViolationException NotAllowed(string value, string policyKey)
    {
        IReadOnlyList<string> allowed = Values!.Of(policyKey);
        string list = allowed.Count == 0 ? "nothing" : string.Join(", ", allowed.Take(MostValuesInMessage));
        string more = allowed.Count > MostValuesInMessage ? $" and {allowed.Count - MostValuesInMessage} more" : "";
        return new PolicyViolationException(
            $"Claim '{Name}': '{value}' is not allowed for key '{policyKey}'. Allowed: {list}{more}. {HowToAllow}, or request another value.",
            Name, value, allowed, policyKey);
    }

    private void Check(IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            if (FaultOf(value) is { } fault)
                throw new ApiJwtException($"A value for claim '{Name}' {fault}. Give another value.");
        }
    }

    private string? FaultOf(string? element) =>
        Kind == ClaimKind.TextList ? CommaJoinedList.FaultOf(element)
        : element is null ? "is null"
        : UnicodeText.IsWellFormed(element) ? null
        : UnicodeText.LoneSurrogateFault;

    private sealed record StatedDefault(IReadOnlyList<string>? Value);
}
