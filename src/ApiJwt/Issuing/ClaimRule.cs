using System.Collections.Immutable;

namespace ApiJwts;

/// <summary>What the policy says of one claim. Values are compared as they stand on the wire, so 3 and 3.0 are one level.</summary>
/// <remarks>A change that is refused changes nothing.</remarks>
internal sealed class ClaimRule(string name, ClaimKind kind, string howToAllow)
{
    private const int MostValuesInMessage = 20;

    private State _state = new();

    public string Name => name;

    /// <summary>The keys that have values of their own here.</summary>
    public IEnumerable<string> Keys => _state.PerKey.Keys;

    private string Description => kind switch
    {
        ClaimKind.Text => "a text",
        ClaimKind.Integer => "an integer",
        ClaimKind.Number or ClaimKind.Level => "a finite number",
        _ => "a list of text",
    };

    /// <summary>Sets what holds until the subclass says otherwise.</summary>
    public ClaimRule WithBuiltIn(IEnumerable<ClaimValue> values, ClaimValue defaultValue)
    {
        string[] wire = WireAll(values);
        _state = _state with { ForEveryKey = wire.Length == 0 ? null : wire, Default = Wire(defaultValue), HasBuiltInValues = true };
        return this;
    }

    /// <summary>Allows values for every key. The first call takes the place of the built-in values, which no one has named.</summary>
    public void Allow(IEnumerable<ClaimValue> values, IEnumerable<string> keys)
    {
        string[] wire = WireAll(values);
        if (wire.Length == 0)
            throw new ApiJwtException($"The list of values for claim '{name}' is empty. Name at least one: an empty list never means that everything is allowed.");
        State state = WithoutBuiltInValues();
        Change(state with { ForEveryKey = [.. (state.ForEveryKey ?? []).Union(wire)] }, keys);
    }

    /// <summary>Allows values, perhaps none, for one key.</summary>
    public void AllowFor(string key, IEnumerable<ClaimValue> values)
    {
        State state = WithoutBuiltInValues();
        Change(state with { PerKey = state.PerKey.SetItem(key, WireAll(values)) }, [key]);
    }

    /// <summary>Sets the default, which every one of the keys must be able to ask for by name.</summary>
    public void SetDefault(ClaimValue? value, IEnumerable<string> keys) =>
        Change(_state with { Default = value is { IsNone: false } some ? Wire(some) : null, IsDefaultStated = true }, keys);

    /// <summary>Refuses a key that could not ask for the stated default by name.</summary>
    public void CheckDefaultFor(string key) => CheckDefault(_state, key);

    /// <summary>The claim's text on the wire; <see langword="null"/> if the token goes without it.</summary>
    public string? Resolve(ClaimValue asked, string key)
    {
        if (asked.IsNone)
            return _state.Default is null ? null : string.Join(',', _state.Default);
        IReadOnlyList<string> wire = asked.ToWire(kind)
            ?? throw new PolicyViolationException($"Claim '{name}' takes {Description}, and was given something else. Give it a value of that kind.", name, key: key);
        foreach (string element in wire)
        {
            if (FaultOf(element) is { } fault)
                throw new PolicyViolationException($"Claim '{name}': the value '{element}' {fault}. Ask for another value.", name, element, key: key);
            if (!_state.Allows(element, key))
                throw NotAllowed(element, key);
        }

        return string.Join(',', wire);
    }

    private PolicyViolationException NotAllowed(string value, string key)
    {
        string[] allowed = [.. (_state.ForEveryKey ?? []).Union(_state.PerKey.GetValueOrDefault(key, []))];
        string list = allowed.Length == 0 ? "nothing" : string.Join(", ", allowed.Take(MostValuesInMessage));
        string more = allowed.Length > MostValuesInMessage ? $" and {allowed.Length - MostValuesInMessage} more" : "";
        return new PolicyViolationException(
            $"Claim '{name}': '{value}' is not allowed for key '{key}'. Allowed: {list}{more}. {howToAllow}, or ask for another value.",
            name, value, allowed, key);
    }

    private State WithoutBuiltInValues() => _state.HasBuiltInValues
        ? new State { Default = _state.Default, IsDefaultStated = _state.IsDefaultStated }
        : _state;

    private void Change(State next, IEnumerable<string> keys)
    {
        foreach (string key in keys)
            CheckDefault(next, key);
        _state = next;
    }

    private void CheckDefault(State state, string key)
    {
        if (state.IsDefaultStated && state.Default?.FirstOrDefault(element => !state.Allows(element, key)) is { } stray)
            throw new ApiJwtException($"The default '{stray}' of claim '{name}' is not among the values allowed for key '{key}'. {howToAllow}, or set another default after it.");
    }

    private string[] WireAll(IEnumerable<ClaimValue> values) => [.. values.SelectMany(Wire).Distinct()];

    private IReadOnlyList<string> Wire(ClaimValue value)
    {
        IReadOnlyList<string> wire = value.ToWire(kind)
            ?? throw new ApiJwtException($"A value for claim '{name}' is not {Description}. Give one that is.");
        return wire.Select(FaultOf).FirstOrDefault(fault => fault is not null) is { } found
            ? throw new ApiJwtException($"A value for claim '{name}' {found}. Give another.")
            : wire;
    }

    private string? FaultOf(string element) => kind == ClaimKind.TextList
        ? WireText.FaultOfElement(element)
        : (WireText.IsWellFormed(element) ? null : WireText.HalfCharacter);

    /// <summary>Replaced whole by every change.</summary>
    private sealed record State
    {
        /// <summary>The values that every key may issue; <see langword="null"/>, if no key has its own either, for any value.</summary>
        public string[]? ForEveryKey { get; init; }

        public ImmutableDictionary<string, string[]> PerKey { get; init; } =
            ImmutableDictionary.Create<string, string[]>(StringComparer.Ordinal);

        public IReadOnlyList<string>? Default { get; init; }

        /// <summary>Whether the subclass named the default; a built-in one is issued whatever is allowed.</summary>
        public bool IsDefaultStated { get; init; }

        public bool HasBuiltInValues { get; init; }

        public bool Allows(string value, string key) =>
            (ForEveryKey is null && PerKey.IsEmpty)
            || ForEveryKey?.Contains(value) == true
            || (PerKey.TryGetValue(key, out string[]? own) && own.Contains(value));
    }
}
