using System.Globalization;

namespace ApiJwts;

/// <summary>
/// What may be issued: the keys with their issuers and scopes, the levels and other values, and the extras. Configure it in the
/// constructor of your <see cref="ApiJwt"/>; a service that only verifies needs none of it.
/// </summary>
/// <remarks>
/// <para>An unconfigured policy has the Python library's defaults: keys <c>user</c> (issuer <c>auth_user</c>, scope
/// <c>user:all</c>) and <c>admin</c> (<c>auth_admin</c>, <c>admin:all</c>), levels 0.0, 1.0, 2.0, 3.0 and 4.0, every
/// do-not-track value, and any factor and target. The first call that configures a part replaces that part's defaults whole;
/// further calls add to it. A built-in default value, such as level 0.0, is issued whatever is allowed, as the Python library
/// does; <see cref="SetDefault"/> changes it.</para>
/// <para>A contradiction is refused where it is written, so call the <c>Allow</c> methods before <see cref="SetDefault"/>. The
/// policy freezes with the first token issued or verified. Not thread-safe until then; thread-safe after.</para>
/// </remarks>
public sealed class PayloadPolicy
{
    private const string DefaultKey = "user";

    private readonly Dictionary<string, string> _issuers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keysByIssuer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClaimRule> _extras = new(StringComparer.Ordinal);
    private readonly ClaimRule _levels = new ClaimRule(ClaimNames.Level, ClaimKind.Level, "Allow it with Policy.AllowLevels")
        .WithBuiltIn([0.0, 1.0, 2.0, 3.0, 4.0], 0.0);

    private readonly ClaimRule _factors = new ClaimRule(ClaimNames.Factor, ClaimKind.Text, "Allow it with Policy.AllowFactors").WithBuiltIn([], "");
    private readonly ClaimRule _targets = new ClaimRule(ClaimNames.Target, ClaimKind.Text, "Allow it with Policy.AllowTargets").WithBuiltIn([], "");
    private readonly ClaimRule _doNotTrack = new ClaimRule(ClaimNames.DoNotTrack, ClaimKind.Integer, "Allow it with Policy.AllowDoNotTrack")
        .WithBuiltIn(Enum.GetValues<DoNotTrack>().Select(choice => (ClaimValue)choice), DoNotTrack.Normal);

    private readonly ClaimRule _scopes = new(ClaimNames.Scopes, ClaimKind.TextList, "Allow it with Policy.AllowKey or Policy.AllowScopes");
    private bool _hasBuiltInKeys;
    private volatile bool _isFrozen;

    internal PayloadPolicy()
    {
        AllowKey(DefaultKey, "auth_user", ["user:all"]);
        AllowKey("admin", "auth_admin", ["admin:all"]);
        _scopes.WithBuiltIn([], Array.Empty<string>());
        _hasBuiltInKeys = true;
    }

    /// <summary>Allows authentication levels.</summary>
    /// <param name="levels">One or more numbers, 0 (no authentication) or higher and below 10^16. By convention: 1 externally
    /// authenticated, 2 one factor, 3 several factors, 4 certificate.</param>
    /// <exception cref="ApiJwtException">None is given, one is out of bounds, or the policy is frozen.</exception>
    public void AllowLevels(params double[] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (Array.Find(levels, level => !(level is 0 or (>= 0.0001 and < 1e16))) is var stray && stray != 0)
            throw new ApiJwtException($"The level {(double.IsFinite(stray) ? WireText.Of(stray) : stray.ToString(CultureInfo.InvariantCulture))} is out of bounds. Levels are 0, or from 0.0001 to below 10^16.");
        Allow(_levels, levels.Select(ClaimValue.From));
    }

    /// <summary>Allows do-not-track values.</summary>
    /// <param name="values">One or more values.</param>
    /// <exception cref="ApiJwtException">None is given, one is not defined, or the policy is frozen.</exception>
    public void AllowDoNotTrack(params DoNotTrack[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!Array.TrueForAll(values, Enum.IsDefined))
            throw new ApiJwtException("A do-not-track value is not one of the DoNotTrack members. Use a member.");
        Allow(_doNotTrack, values.Select(choice => (ClaimValue)choice));
    }

    /// <summary>Allows authentication factors, such as <c>password</c> or <c>otp</c>. Without a call, any text may be issued.</summary>
    /// <param name="factors">One or more texts.</param>
    /// <exception cref="ApiJwtException">None is given, or the policy is frozen.</exception>
    public void AllowFactors(params string[] factors) => AllowTexts(_factors, factors);

    /// <summary>Allows targets, the ids that scopes may concern. Without a call, any text may be issued.</summary>
    /// <param name="targets">One or more texts.</param>
    /// <exception cref="ApiJwtException">None is given, or the policy is frozen.</exception>
    public void AllowTargets(params string[] targets) => AllowTexts(_targets, targets);

    /// <summary>Allows a key: a kind of subject, such as <c>user</c> or <c>support</c>, for which tokens may be issued.</summary>
    /// <param name="key">The key's name, as <see cref="TokenRequest.Key"/> gives it and <see cref="VerifiedPayload.Key"/> shows it.</param>
    /// <param name="issuer">The <c>iss</c> claim of its tokens, which gateways match on. No two keys may share one.</param>
    /// <param name="scopes">The scopes that it may issue, beside those of <see cref="AllowScopes"/>; <c>[]</c> for none.</param>
    /// <exception cref="ApiJwtException">
    /// A name is empty, the key or the issuer is taken, a scope is empty or has a comma or a control character, a default or an
    /// extra does not fit, or the policy is frozen.
    /// </exception>
    public void AllowKey(string key, string issuer, IEnumerable<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(scopes);
        ThrowIfFrozen();
        if (key.Length == 0 || issuer.Length == 0 || !WireText.IsWellFormed(key) || !WireText.IsWellFormed(issuer))
            throw new ApiJwtException("A key and its issuer must be non-empty texts of whole Unicode characters.");
        if (!_hasBuiltInKeys && _issuers.ContainsKey(key))
            throw new ApiJwtException($"The key '{key}' is allowed already. List all its scopes in one AllowKey call.");
        if (!_hasBuiltInKeys && _keysByIssuer.TryGetValue(issuer, out string? owner))
            throw new ApiJwtException($"The issuer '{issuer}' of key '{key}' belongs to key '{owner}' already. Give each key an issuer of its own.");
        foreach (ClaimRule extra in _extras.Values)
        {
            extra.CheckDefaultFor(key);
            if (_hasBuiltInKeys && extra.Keys.FirstOrDefault(named => named != key) is { } stranger)
                throw UnknownKeyOf(extra.Name, stranger);
        }

        _scopes.AllowFor(key, scopes.Select(ClaimValue.From));
        if (_hasBuiltInKeys)
        {
            _issuers.Clear();
            _keysByIssuer.Clear();
            _hasBuiltInKeys = false;
        }

        _issuers[key] = issuer;
        _keysByIssuer[issuer] = key;
    }

    /// <summary>Allows scopes for every key, beside those that <see cref="AllowKey"/> gives one key.</summary>
    /// <param name="scopes">One or more scopes.</param>
    /// <exception cref="ApiJwtException">None is given, one is empty or has a comma or a control character, or the policy is frozen.</exception>
    public void AllowScopes(params string[] scopes) => AllowTexts(_scopes, scopes);

    /// <summary>Allows a claim of your own.</summary>
    /// <param name="extra">Its name, kind, default and allowed values.</param>
    /// <exception cref="ApiJwtException">
    /// The name is empty, reserved or taken; a list of values is empty; the default is not one that every key may ask for; a key of
    /// <c>allowedPerKey</c> is not allowed; or the policy is frozen.
    /// </exception>
    public void AllowExtra(Extra extra)
    {
        ArgumentNullException.ThrowIfNull(extra);
        ThrowIfFrozen();
        if (extra.Name.Length == 0 || !WireText.IsWellFormed(extra.Name))
            throw new ApiJwtException("The name of an extra must be a non-empty text of whole Unicode characters.");
        if (ClaimNames.Reserved.Contains(extra.Name))
            throw new ApiJwtException($"The claim name '{extra.Name}' is reserved. Give the extra another name.");
        if (_extras.ContainsKey(extra.Name))
            throw new ApiJwtException($"The extra '{extra.Name}' is allowed already. Declare it once, with all its values.");

        var rule = new ClaimRule(extra.Name, extra.Kind, $"Allow it in the Extra '{extra.Name}'");
        if (extra.Allowed is not null)
            rule.Allow(extra.Allowed, []);
        if (extra.AllowedPerKey is { Count: 0 })
            throw new ApiJwtException($"The extra '{extra.Name}' has an empty allowedPerKey. Name at least one key, or leave it out to allow any value.");
        foreach ((string key, ClaimValue[] values) in extra.AllowedPerKey ?? new Dictionary<string, ClaimValue[]>())
        {
            if (!_issuers.ContainsKey(key))
                throw UnknownKeyOf(extra.Name, key);
            rule.AllowFor(key, values);
        }

        rule.SetDefault(extra.DefaultValue, _issuers.Keys);
        _extras.Add(extra.Name, rule);
    }

    /// <summary>Changes what a token carries that does not ask for a claim, or leaves the claim out.</summary>
    /// <param name="claim"><c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c>, <c>scopes</c>, or the name of an extra.</param>
    /// <param name="value">The new default; <see langword="null"/> takes the claim out of tokens that do not ask for it.</param>
    /// <exception cref="ApiJwtException">The claim is not known, the value is of another kind or not allowed, or the policy is frozen.</exception>
    public void SetDefault(string claim, ClaimValue? value)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ThrowIfFrozen();
        ClaimRule rule = BuiltInRules().Concat(_extras.Values).FirstOrDefault(rule => rule.Name == claim)
            ?? throw new ApiJwtException($"The claim '{claim}' has no default to set. Name level, factor, target, dnt, scopes, or an extra that AllowExtra declared.");
        rule.SetDefault(value, _issuers.Keys);
    }

    internal void Freeze()
    {
        // Written once: a write at every decode would send the cache line around all cores.
        if (!_isFrozen)
            _isFrozen = true;
    }

    /// <summary>Whether a claim has this name: one that has not may be anything that a caller of the auth service sent.</summary>
    internal bool Knows(string claim) => ClaimNames.Reserved.Contains(claim) || _extras.ContainsKey(claim);

    internal string? KeyOf(string issuer) => _keysByIssuer.GetValueOrDefault(issuer);

    /// <summary>The key and the issuer that a request stands for.</summary>
    internal (string Key, string Issuer) ResolveKey(string? requested)
    {
        string key = requested ?? DefaultKey;
        if (_issuers.TryGetValue(key, out string? issuer))
            return (key, issuer);
        string[] known = [.. _issuers.Keys];
        string fault = requested is null ? "The request names no key, and the policy has no key 'user' to take instead" : $"The key '{key}' is not allowed";
        throw new PolicyViolationException(
            $"{fault}. Allowed: {string.Join(", ", known)}. Set TokenRequest.Key to one of these, or allow the key with Policy.AllowKey.",
            ClaimNames.Issuer, requested, known, requested);
    }

    /// <summary>All claims but <c>iss</c>, <c>sub</c>, <c>exp</c> and <c>aud</c>, as they go on the wire.</summary>
    internal IEnumerable<(string Claim, string Value)> Resolve(TokenRequest request, string key)
    {
        foreach (string name in request.Extras.Keys)
        {
            if (ClaimNames.Reserved.Contains(name))
                throw new PolicyViolationException($"Claim '{name}' is not an extra. Set it with the property of TokenRequest that stands for it; the library writes the others by itself.", name, key: key);
            if (!_extras.ContainsKey(name))
                throw new PolicyViolationException($"The extra '{name}' is not declared. Declared: {(_extras.Count == 0 ? "none" : string.Join(", ", _extras.Keys))}. Declare it with Policy.AllowExtra.", name, allowedValues: [.. _extras.Keys], key: key);
        }

        foreach ((ClaimRule rule, ClaimValue asked) in Ask(request))
        {
            if (rule.Resolve(asked, key) is { } value)
                yield return (rule.Name, value);
        }
    }

    private IEnumerable<(ClaimRule Rule, ClaimValue Asked)> Ask(TokenRequest request)
    {
        yield return (_levels, request.Level is { } level ? level : default(ClaimValue));
        yield return (_factors, request.Factor);
        yield return (_targets, request.Target);
        yield return (_doNotTrack, request.DoNotTrack is { } choice ? choice : default(ClaimValue));
        yield return (_scopes, ClaimValue.From(request.Scopes));
        foreach (ClaimRule extra in _extras.Values)
            yield return (extra, request.Extras.TryGetValue(extra.Name, out ClaimValue value) ? value : default);
    }

    private ClaimRule[] BuiltInRules() => [_levels, _factors, _targets, _doNotTrack, _scopes];

    private void AllowTexts(ClaimRule rule, string[] texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Allow(rule, texts.Select(ClaimValue.From));
    }

    private void Allow(ClaimRule rule, IEnumerable<ClaimValue> values)
    {
        ThrowIfFrozen();
        rule.Allow(values, _issuers.Keys);
    }

    private static ApiJwtException UnknownKeyOf(string extra, string key) =>
        new($"The extra '{extra}' has values for key '{key}', which is not allowed. Call AllowKey for every key before AllowExtra.");

    private void ThrowIfFrozen()
    {
        if (_isFrozen)
            throw new ApiJwtException("The policy cannot be changed any more: it froze when the first token was issued or verified. Configure it in the constructor of your ApiJwt class.");
    }
}
