namespace ApiJwts;

/// <summary>What the policy says of one claim. Values are compared as they stand on the wire, so 3 and 3.0 are one level.</summary>
internal sealed class ClaimRule(string name, ClaimKind kind, string howToAllow)
{
    private const int MostValuesInMessage = 20;

    private readonly Dictionary<string, HashSet<string>> _perKey = new(StringComparer.Ordinal);
    private HashSet<string>? _forEveryKey;
    private IReadOnlyList<string>? _default;
    private bool _isDefaultStated;
    private bool _hasBuiltInValues;

    public string Name => name;

    /// <summary>The keys that have values of their own here.</summary>
    public IEnumerable<string> Keys => _perKey.Keys;

    /// <summary>Sets what holds until the subclass says otherwise.</summary>
    public ClaimRule WithBuiltIn(IEnumerable<ClaimValue>? values, ClaimValue defaultValue)
    {
        if (values is not null)
            Allow(values);
        _default = Wire(defaultValue);
        _hasBuiltInValues = true;
        return this;
    }

    /// <summary>Allows values for every key. The first call takes the place of the built-in values, which no one has named.</summary>
    public void Allow(IEnumerable<ClaimValue> values)
    {
        HashSet<string> wire = WireSet(values);
        if (wire.Count == 0)
            throw new ApiJwtException($"The list of values for claim '{name}' is empty. Name at least one: an empty list never means that everything is allowed.");
        DropBuiltInValues();
        (_forEveryKey ??= new(StringComparer.Ordinal)).UnionWith(wire);
    }

    /// <summary>Allows values, perhaps none, for one key.</summary>
    public void AllowFor(string key, IEnumerable<ClaimValue> values)
    {
        HashSet<string> wire = WireSet(values);
        DropBuiltInValues();
        _perKey[key] = wire;
    }

    public void SetDefault(ClaimValue? value)
    {
        _default = value is { IsNone: false } some ? Wire(some) : null;
        _isDefaultStated = true;
    }

    /// <summary>Refuses a stated default that a key could not ask for by name.</summary>
    public void CheckDefault(IEnumerable<string> keys)
    {
        if (!_isDefaultStated || _default is null)
            return;
        foreach (string? key in keys.Cast<string?>().DefaultIfEmpty())
        {
            if (_default.FirstOrDefault(element => !IsAllowed(element, key)) is { } stray)
                throw new ApiJwtException($"The default '{stray}' of claim '{name}' is not among the values allowed{(key is null ? "" : $" for key '{key}'")}. {howToAllow}, or set another default after it.");
        }
    }

    /// <summary>The claim's text on the wire; <see langword="null"/> if the token goes without it.</summary>
    public string? Resolve(ClaimValue asked, string key)
    {
        if (asked.IsNone)
            return _default is null ? null : string.Join(',', _default);
        IReadOnlyList<string> wire = asked.ToWire(kind)
            ?? throw new PolicyViolationException($"Claim '{name}' takes {Description}, and was given something else.", name, key: key);
        if (wire.FirstOrDefault(element => !IsAllowed(element, key)) is { } stray)
            throw NotAllowed(stray, key);
        if (FaultOf(wire) is { } fault)
            throw new PolicyViolationException($"Claim '{name}': a value {fault}.", name, key: key);
        return string.Join(',', wire);
    }

    private PolicyViolationException NotAllowed(string value, string key)
    {
        string[] allowed = [.. (_forEveryKey ?? []).Union(_perKey.GetValueOrDefault(key) ?? [], StringComparer.Ordinal)];
        string list = allowed.Length == 0 ? "nothing" : string.Join(", ", allowed.Take(MostValuesInMessage));
        string more = allowed.Length > MostValuesInMessage ? $" and {allowed.Length - MostValuesInMessage} more" : "";
        return new PolicyViolationException(
            $"Claim '{name}': '{value}' is not allowed for key '{key}'. Allowed: {list}{more}. {howToAllow}, or ask for another value.",
            name, value, allowed, key);
    }

    private bool IsAllowed(string value, string? key) =>
        (_forEveryKey is null && _perKey.Count == 0)
        || _forEveryKey?.Contains(value) == true
        || (key is not null && _perKey.TryGetValue(key, out HashSet<string>? own) && own.Contains(value));

    private HashSet<string> WireSet(IEnumerable<ClaimValue> values) => new(values.SelectMany(Wire), StringComparer.Ordinal);

    private IReadOnlyList<string> Wire(ClaimValue value)
    {
        IReadOnlyList<string> wire = value.ToWire(kind)
            ?? throw new ApiJwtException($"A value for claim '{name}' is not {Description}. Give one that is.");
        return FaultOf(wire) is { } fault ? throw new ApiJwtException($"A value for claim '{name}' {fault}. Give another.") : wire;
    }

    private string? FaultOf(IReadOnlyList<string> wire) => kind == ClaimKind.TextList
        ? wire.Select(WireText.FaultOfElement).FirstOrDefault(fault => fault is not null)
        : (WireText.IsWellFormed(wire[0]) ? null : "contains half of a Unicode character (a lone surrogate)");

    private void DropBuiltInValues()
    {
        if (!_hasBuiltInValues)
            return;
        _hasBuiltInValues = false;
        _forEveryKey = null;
        _perKey.Clear();
    }

    private string Description => kind switch
    {
        ClaimKind.Text => "a text",
        ClaimKind.Integer => "an integer",
        ClaimKind.Number => "a finite number",
        _ => "a list of text",
    };
}
