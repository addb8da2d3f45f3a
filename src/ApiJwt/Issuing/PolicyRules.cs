using System.Globalization;
using System.Text.Json;

namespace ApiJwts;

/// <summary>A snapshot of a policy. Immutable: a change returns new rules, or throws.</summary>
internal sealed record PolicyRules
{
    public ClaimRule Levels { get; init; } = PythonDefaults.Levels;

    public ClaimRule Factors { get; init; } = PythonDefaults.Factors;

    public ClaimRule Targets { get; init; } = PythonDefaults.Targets;

    public ClaimRule DoNotTrack { get; init; } = PythonDefaults.DoNotTrack;

    public ClaimRule Scopes { get; init; } = PythonDefaults.Scopes;

    private IReadOnlyList<ClaimRule> Extras { get; init; } = [];

    public bool WritesIssuedAt { get; init; }

    public bool WritesTokenId { get; init; }

    public ScopeFormat ScopeFormat { get; init; }

    public ClaimRule Audiences { get; init; } = new(ClaimNames.Audience, ClaimKind.Text, "Allow it with Policy.AllowAudiences");

    /// <summary>The claim that contains the policy key of a token, if several share an issuer; <see langword="null"/> for none.</summary>
    public string? PolicyKeyClaim { get; init; }

    public bool AllowsSharedIssuers { get; init; }

    /// <summary>The policy keys that the subclass allowed; empty if it allowed none.</summary>
    public IReadOnlyList<PolicyKey> NamedPolicyKeys => [.. (OwnPolicyKeys ?? []).Select(policyKey => policyKey with { Scopes = Scopes.NamedFor(policyKey.Name) })];

    /// <summary>The levels that the subclass allowed; empty if it allowed none.</summary>
    public IReadOnlyList<double> NamedLevels => [.. Levels.NamedFor("").Select(level => double.Parse(level, CultureInfo.InvariantCulture))];

    private IReadOnlyList<PolicyKey>? OwnPolicyKeys { get; init; }

    private IReadOnlyList<PolicyKey> PolicyKeys => OwnPolicyKeys ?? PythonDefaults.PolicyKeys;

    private IEnumerable<ClaimRule> All => [Levels, Factors, Targets, DoNotTrack, Scopes, .. Extras];

    /// <summary>Whether a claim has this name. Other names may come from a caller of the auth service, and are not logged.</summary>
    public bool Knows(string claim) => ClaimNames.Reserved.Contains(claim) || claim == PolicyKeyClaim || IsExtra(claim);

    /// <summary>
    /// The policy key of a token; <see langword="null"/> if the subclass allowed none for its issuer. Built-in policy keys are ignored: a
    /// service that does not configure a policy must not treat tokens of the issuer <c>auth_admin</c> as those of an administrator.
    /// </summary>
    /// <param name="issuer">The token's issuer.</param>
    /// <param name="payload">The token's payload, which may have the key claim.</param>
    public string? PolicyKeyOf(string issuer, JsonElement payload)
    {
        PolicyKey[] ofIssuer = [.. (OwnPolicyKeys ?? []).Where(key => key.Issuer == issuer)];
        if (PolicyKeyClaim is not null && payload.TryGetProperty(PolicyKeyClaim, out JsonElement named))
            return named.ValueKind == JsonValueKind.String ? ofIssuer.FirstOrDefault(key => key.Name == named.GetString())?.Name : null;
        return ofIssuer is [var only] ? only.Name : null;
    }

    public PolicyRules AllowKey(string policyKey, string issuer, IEnumerable<string> scopes)
    {
        if (OwnPolicyKeys?.Any(key => key.Name == policyKey) == true)
            throw new ApiJwtException($"The key '{policyKey}' is already allowed. List all its scopes in one AllowKey call.");
        if (!AllowsSharedIssuers && OwnPolicyKeys?.FirstOrDefault(key => key.Issuer == issuer) is { } owner)
            throw new ApiJwtException($"The issuer '{issuer}' of key '{policyKey}' is already the issuer of key '{owner.Name}'. Give each key an issuer of its own, or call Policy.AllowSharedIssuers first.");
        return this with
        {
            OwnPolicyKeys = [.. OwnPolicyKeys ?? [], new PolicyKey(policyKey, issuer, [])],
            Scopes = Scopes.AllowFor(policyKey, [.. scopes]),
        };
    }

    public PolicyRules AllowExtra(ClaimRule extra) => IsExtra(extra.Name)
        ? throw new ApiJwtException($"The extra '{extra.Name}' is already declared. Declare it once, with all its values.")
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

    /// <summary>Returns the rules, or throws if they contradict each other.</summary>
    public PolicyRules Checked()
    {
        if (PolicyKeyClaim is not null && IsExtra(PolicyKeyClaim))
            throw new ApiJwtException($"The claim '{PolicyKeyClaim}' is the key claim of AllowSharedIssuers, and cannot be an extra as well. Rename one of them.");
        foreach (ClaimRule rule in All)
        {
            foreach (PolicyKey policyKey in PolicyKeys)
                rule.CheckDefault(policyKey.Name);
            if (IsExtra(rule.Name) && rule.PolicyKeys.Except(PolicyKeys.Select(policyKey => policyKey.Name)).FirstOrDefault() is { } stranger)
                throw new ApiJwtException($"The extra '{rule.Name}' has values for key '{stranger}', which is not allowed. Call AllowKey for every key before AllowExtra.");
        }

        return this;
    }

    /// <summary>Finds the policy key of a request.</summary>
    public PolicyKey ResolvePolicyKey(string? requested)
    {
        string policyKey = requested ?? PythonDefaults.PolicyKeyName;
        if (PolicyKeys.FirstOrDefault(key => key.Name == policyKey) is { } found)
            return found;
        string[] known = [.. PolicyKeys.Select(key => key.Name)];
        string fault = requested is null ? "The request names no key, and the policy does not allow the default key 'user'" : $"The key '{policyKey}' is not allowed";
        throw new PolicyViolationException(
            $"{fault}. Allowed: {string.Join(", ", known)}. Set TokenRequest.Key to one of these, or allow the key with Policy.AllowKey.",
            ClaimNames.Issuer, requested, known, policyKey: requested);
    }

    /// <summary>The names and values of all claims that the policy decides on.</summary>
    public IEnumerable<(string Claim, string Value)> Resolve(TokenRequest request, string policyKey, string? audience)
    {
        foreach (string name in request.Extras.Keys)
        {
            if (ClaimNames.Reserved.Contains(name) || name == PolicyKeyClaim)
                throw new PolicyViolationException($"Claim '{name}' is not an extra. {(name == PolicyKeyClaim ? "The policy sets it from TokenRequest.Key." : Instead(name))}", name, policyKey: policyKey);
            if (!IsExtra(name))
                throw new PolicyViolationException($"The extra '{name}' is not declared. Declared: {(Extras.Count == 0 ? "none" : string.Join(", ", Extras.Select(extra => extra.Name)))}. Declare it with Policy.AllowExtra.", name, allowedValues: [.. Extras.Select(extra => extra.Name)], policyKey: policyKey);
        }

        foreach (ClaimRule rule in All)
        {
            if (rule.Resolve(Requested(rule, request), policyKey) is not { } value)
                continue;
            if (rule.Name != ClaimNames.Scopes || ScopeFormat != ScopeFormat.Space)
                yield return (rule.Name, value);
            if (rule.Name == ClaimNames.Scopes && ScopeFormat != ScopeFormat.Comma)
                yield return (ClaimNames.Scope, SpaceJoined(value, policyKey));
        }

        if (request.Audience is { Length: 0 })
            throw new PolicyViolationException("The audience is empty. Set TokenRequest.Audience to a non-empty string, or leave it null.", ClaimNames.Audience, "", policyKey: policyKey);
        if ((request.Audience is null ? audience : Audiences.Resolve(request.Audience, policyKey)) is { } resolvedAudience)
            yield return (ClaimNames.Audience, resolvedAudience);
        if (PolicyKeyClaim is not null)
            yield return (PolicyKeyClaim, policyKey);
    }

    private static string SpaceJoined(string commaJoined, string policyKey) => commaJoined.Contains(' ', StringComparison.Ordinal)
        ? throw new PolicyViolationException("Claim 'scopes': a scope contains a space, which separates scopes in the claim 'scope'. Use scopes without spaces, or call Policy.WriteScopesAs with ScopeFormat.Comma.", ClaimNames.Scopes, policyKey: policyKey)
        : commaJoined.Replace(',', ' ');

    /// <summary>What to do instead of setting a reserved claim as an extra.</summary>
    private static string Instead(string claim) => claim.ToUpperInvariant() switch
    {
        "AUD" => "Set TokenRequest.Audience, or ApiJwtOptions.Audience for all tokens.",
        "EXP" => "Set TokenRequest.TimeToLive.",
        "SUB" => "Set TokenRequest.Subject.",
        "ISS" => "The policy sets it from TokenRequest.Key.",
        "IAT" => "Call Policy.WriteIssuedAt.",
        "JTI" => "Call Policy.WriteTokenId.",
        "SCOPE" or "SCP" => "Set TokenRequest.Scopes, and call Policy.WriteScopesAs.",
        "LEVEL" => "Set TokenRequest.Level.",
        "FACTOR" => "Set TokenRequest.Factor.",
        "TARGET" => "Set TokenRequest.Target.",
        "DNT" => "Set TokenRequest.DoNotTrack.",
        "SCOPES" => "Set TokenRequest.Scopes.",
        _ => "This library does not write it.",
    };

    private bool IsExtra(string claim) => Extras.Any(extra => extra.Name == claim);

    private static ClaimValue Requested(ClaimRule rule, TokenRequest request) => rule.Name switch
    {
        ClaimNames.Level => request.Level is { } level ? level : default(ClaimValue),
        ClaimNames.Factor => request.Factor,
        ClaimNames.Target => request.Target,
        ClaimNames.DoNotTrack => request.DoNotTrack is { } choice ? choice : default(ClaimValue),
        ClaimNames.Scopes => ClaimValue.From(request.Scopes),
        _ => request.Extras.GetValueOrDefault(rule.Name),
    };
}
