namespace ApiJwts;

/// <summary>All that a policy says, at one moment. Immutable: a change makes new rules, and one that is refused makes none.</summary>
internal sealed record PolicyRules
{
    public ClaimRule Levels { get; init; } = PythonDefaults.Levels;

    public ClaimRule Factors { get; init; } = PythonDefaults.Factors;

    public ClaimRule Targets { get; init; } = PythonDefaults.Targets;

    public ClaimRule DoNotTrack { get; init; } = PythonDefaults.DoNotTrack;

    public ClaimRule Scopes { get; init; } = PythonDefaults.Scopes;

    private IReadOnlyList<ClaimRule> Extras { get; init; } = [];

    /// <summary>The keys that the subclass allowed; <see langword="null"/> if it allowed none.</summary>
    private IReadOnlyList<PolicyKey>? NamedKeys { get; init; }

    private IReadOnlyList<PolicyKey> Keys => NamedKeys ?? PythonDefaults.Keys;

    private IEnumerable<ClaimRule> All => [Levels, Factors, Targets, DoNotTrack, Scopes, .. Extras];

    /// <summary>Whether a claim has this name: one that has not may be anything that a caller of the auth service sent.</summary>
    public bool Knows(string claim) => ClaimNames.Reserved.Contains(claim) || IsExtra(claim);

    /// <summary>The key of an issuer, if the subclass named it: the built-in ones are for issuing only, so that no stranger's token becomes an admin's.</summary>
    public string? KeyOf(string issuer) => NamedKeys?.FirstOrDefault(key => key.Issuer == issuer)?.Name;

    public PolicyRules AllowKey(string policyKey, string issuer, IEnumerable<string> scopes)
    {
        if (NamedKeys?.Any(key => key.Name == policyKey) == true)
            throw new ApiJwtException($"The key '{policyKey}' is allowed already. List all its scopes in one AllowKey call.");
        if (KeyOf(issuer) is { } owner)
            throw new ApiJwtException($"The issuer '{issuer}' of key '{policyKey}' belongs to key '{owner}' already. Give each key an issuer of its own.");
        return this with
        {
            NamedKeys = [.. NamedKeys ?? [], new PolicyKey(policyKey, issuer)],
            Scopes = Scopes.AllowFor(policyKey, scopes.Select(ClaimValue.From)),
        };
    }

    public PolicyRules AllowExtra(ClaimRule extra) => IsExtra(extra.Name)
        ? throw new ApiJwtException($"The extra '{extra.Name}' is allowed already. Declare it once, with all its values.")
        : this with { Extras = [.. Extras, extra] };

    public PolicyRules SetDefault(string claim, ClaimValue? value) => claim switch
    {
        ClaimNames.Level => this with { Levels = Levels.SetDefault(value) },
        ClaimNames.Factor => this with { Factors = Factors.SetDefault(value) },
        ClaimNames.Target => this with { Targets = Targets.SetDefault(value) },
        ClaimNames.DoNotTrack => this with { DoNotTrack = DoNotTrack.SetDefault(value) },
        ClaimNames.Scopes => this with { Scopes = Scopes.SetDefault(value) },
        _ when IsExtra(claim) => this with { Extras = [.. Extras.Select(extra => extra.Name == claim ? extra.SetDefault(value) : extra)] },
        _ => throw new ApiJwtException($"The claim '{claim}' has no default to set. Name level, factor, target, dnt, scopes, or an extra that AllowExtra declared."),
    };

    /// <summary>Refuses rules of which one contradicts another.</summary>
    public PolicyRules Checked()
    {
        foreach (ClaimRule rule in All)
        {
            foreach (PolicyKey key in Keys)
                rule.CheckDefault(key.Name);
            if (IsExtra(rule.Name) && rule.Keys.Except(Keys.Select(key => key.Name)).FirstOrDefault() is { } stranger)
                throw new ApiJwtException($"The extra '{rule.Name}' has values for key '{stranger}', which is not allowed. Call AllowKey for every key before AllowExtra.");
        }

        return this;
    }

    /// <summary>The key and the issuer that a request stands for.</summary>
    public PolicyKey ResolveKey(string? requested)
    {
        string policyKey = requested ?? PythonDefaults.Key;
        if (Keys.FirstOrDefault(key => key.Name == policyKey) is { } found)
            return found;
        string[] known = [.. Keys.Select(key => key.Name)];
        string fault = requested is null ? "The request names no key, and the policy has no key 'user' to take instead" : $"The key '{policyKey}' is not allowed";
        throw new PolicyViolationException(
            $"{fault}. Allowed: {string.Join(", ", known)}. Set TokenRequest.Key to one of these, or allow the key with Policy.AllowKey.",
            ClaimNames.Issuer, requested, known, requested);
    }

    /// <summary>All claims but <c>iss</c>, <c>sub</c>, <c>exp</c> and <c>aud</c>, as they go on the wire.</summary>
    public IEnumerable<(string Claim, string Value)> Resolve(TokenRequest request, string policyKey)
    {
        foreach (string name in request.Extras.Keys)
        {
            if (ClaimNames.Reserved.Contains(name))
                throw new PolicyViolationException($"Claim '{name}' is not an extra. Set it with the property of TokenRequest that stands for it; the library writes the others by itself.", name, key: policyKey);
            if (!IsExtra(name))
                throw new PolicyViolationException($"The extra '{name}' is not declared. Declared: {(Extras.Count == 0 ? "none" : string.Join(", ", Extras.Select(extra => extra.Name)))}. Declare it with Policy.AllowExtra.", name, allowedValues: [.. Extras.Select(extra => extra.Name)], key: policyKey);
        }

        foreach (ClaimRule rule in All)
        {
            if (rule.Resolve(Asked(rule, request), policyKey) is { } value)
                yield return (rule.Name, value);
        }
    }

    private bool IsExtra(string claim) => Extras.Any(extra => extra.Name == claim);

    private static ClaimValue Asked(ClaimRule rule, TokenRequest request) => rule.Name switch
    {
        ClaimNames.Level => request.Level is { } level ? level : default(ClaimValue),
        ClaimNames.Factor => request.Factor,
        ClaimNames.Target => request.Target,
        ClaimNames.DoNotTrack => request.DoNotTrack is { } choice ? choice : default(ClaimValue),
        ClaimNames.Scopes => ClaimValue.From(request.Scopes),
        _ => request.Extras.GetValueOrDefault(rule.Name),
    };
}
