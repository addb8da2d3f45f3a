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
/// policy freezes with the first token that is issued. Thread-safe.</para>
/// </remarks>
public sealed class PayloadPolicy
{
    private readonly object _changing = new();
    private volatile PolicyRules _rules = new();
    private bool _isFrozen;

    internal PayloadPolicy()
    {
    }

    /// <summary>Allows authentication levels.</summary>
    /// <param name="levels">One or more numbers, 0 (no authentication) or higher and below 10^16. By convention: 1 externally
    /// authenticated, 2 one factor, 3 several factors, 4 certificate.</param>
    /// <exception cref="ArgumentNullException"><paramref name="levels"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">None is given, one is out of bounds, or the policy is frozen.</exception>
    public void AllowLevels(params double[] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (Array.Find(levels, level => !(level is 0 or (>= 0.0001 and < 1e16))) is var stray && stray != 0)
            throw new ApiJwtException($"The level {(double.IsFinite(stray) ? PythonNumber.Format(stray) : stray.ToString(CultureInfo.InvariantCulture))} is out of bounds. Levels are 0, or from 0.0001 to below 10^16.");
        Change(rules => rules with { Levels = rules.Levels.Allow(Array.ConvertAll(levels, level => PythonNumber.Format(level + 0.0))) });
    }

    /// <summary>Allows do-not-track values.</summary>
    /// <param name="values">One or more values.</param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">None is given, one is not defined, or the policy is frozen.</exception>
    public void AllowDoNotTrack(params DoNotTrack[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!Array.TrueForAll(values, Enum.IsDefined))
            throw new ApiJwtException("A do-not-track value is not one of the DoNotTrack members. Use a member.");
        Change(rules => rules with { DoNotTrack = rules.DoNotTrack.Allow(Array.ConvertAll(values, choice => PythonNumber.Format((long)choice))) });
    }

    /// <summary>Allows authentication factors, such as <c>password</c> or <c>otp</c>. Without a call, any text may be issued.</summary>
    /// <param name="factors">One or more texts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="factors"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">None is given, or the policy is frozen.</exception>
    public void AllowFactors(params string[] factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        Change(rules => rules with { Factors = rules.Factors.Allow(factors) });
    }

    /// <summary>Allows targets, the ids that scopes may concern. Without a call, any text may be issued.</summary>
    /// <param name="targets">One or more texts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="targets"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">None is given, or the policy is frozen.</exception>
    public void AllowTargets(params string[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Change(rules => rules with { Targets = rules.Targets.Allow(targets) });
    }

    /// <summary>Allows a key: a kind of subject, such as <c>user</c> or <c>support</c>, for which tokens may be issued.</summary>
    /// <param name="key">The key's name, as <see cref="TokenRequest.Key"/> gives it and <see cref="VerifiedPayload.Key"/> shows it.</param>
    /// <param name="issuer">The <c>iss</c> claim of its tokens, which gateways match on. No two keys may share one, unless <see cref="AllowSharedIssuers"/> was called.</param>
    /// <param name="scopes">The scopes that it may issue, beside those of <see cref="AllowScopes"/>; <c>[]</c> for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/>, <paramref name="issuer"/> or <paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// A name is empty, the key or the issuer is taken, a scope is empty or has a comma or a control character, a default or an
    /// extra does not fit, or the policy is frozen.
    /// </exception>
    public void AllowKey(string key, string issuer, IEnumerable<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(scopes);
        if (key.Length == 0 || issuer.Length == 0 || !UnicodeText.IsWellFormed(key) || !UnicodeText.IsWellFormed(issuer))
            throw new ApiJwtException("A key and its issuer must be non-empty strings without lone surrogates.");
        Change(rules => rules.AllowKey(key, issuer, scopes));
    }

    /// <summary>Allows scopes for every key, beside those that <see cref="AllowKey"/> gives one key.</summary>
    /// <param name="scopes">One or more scopes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">None is given, one is empty or has a comma or a control character, or the policy is frozen.</exception>
    public void AllowScopes(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        Change(rules => rules with { Scopes = rules.Scopes.Allow(scopes) });
    }

    /// <summary>Allows a claim of your own.</summary>
    /// <param name="extra">Its name, kind, default and allowed values.</param>
    /// <exception cref="ArgumentNullException"><paramref name="extra"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The name is empty, reserved or taken; a list of values is empty; the default is not one that every key may ask for; a key of
    /// <c>allowedPerKey</c> is not allowed; or the policy is frozen.
    /// </exception>
    public void AllowExtra(Extra extra)
    {
        ArgumentNullException.ThrowIfNull(extra);
        Change(rules => rules.AllowExtra(extra.ToRule()));
    }

    /// <summary>Sets the value of a claim for requests that do not give one, or leaves the claim out.</summary>
    /// <param name="claim"><c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c>, <c>scopes</c>, or the name of an extra.</param>
    /// <param name="value">The new default; <see langword="null"/> takes the claim out of tokens that do not ask for it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="claim"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">The claim is not known, the value is of another kind or not allowed, or the policy is frozen.</exception>
    public void SetDefault(string claim, ClaimValue? value)
    {
        ArgumentNullException.ThrowIfNull(claim);
        Change(rules => rules.SetDefault(claim, value));
    }

    /// <summary>
    /// Writes into every token when it was issued (<c>iat</c>), in whole seconds. Off by default, as in the Python library. Needed to
    /// withdraw the tokens of a subject, for <see cref="ApiJwtOptions.MaxAge"/>, and by RFC 9068.
    /// </summary>
    /// <exception cref="ApiJwtException">The policy is frozen.</exception>
    public void WriteIssuedAt() => Change(rules => rules with { WritesIssuedAt = true });

    /// <summary>
    /// Writes into every token an id that cannot be guessed (<c>jti</c>): 128 random bits, 22 characters. Off by default, as in the Python
    /// library. Needed to withdraw a single token, and by RFC 9068.
    /// </summary>
    /// <exception cref="ApiJwtException">The policy is frozen.</exception>
    public void WriteTokenId() => Change(rules => rules with { WritesTokenId = true });

    /// <summary>Chooses the claims that scopes stand in. <see cref="ScopeFormat.Comma"/> by default, as in the Python library.</summary>
    /// <param name="format">The form. With <see cref="ScopeFormat.Space"/> or <see cref="ScopeFormat.Both"/>, a scope with a blank is not issued.</param>
    /// <exception cref="ApiJwtException">The value is not defined, or the policy is frozen.</exception>
    public void WriteScopesAs(ScopeFormat format)
    {
        if (!Enum.IsDefined(format))
            throw new ApiJwtException("The format of scopes is not one of the ScopeFormat members. Use a member.");
        Change(rules => rules with { ScopeFormat = format });
    }

    /// <summary>Allows audiences that a request may ask for (<see cref="TokenRequest.Audience"/>). Without a call, any text may be.</summary>
    /// <param name="audiences">One or more texts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="audiences"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">None is given, or the policy is frozen.</exception>
    public void AllowAudiences(params string[] audiences)
    {
        ArgumentNullException.ThrowIfNull(audiences);
        Change(rules => rules with { Audiences = rules.Audiences.Allow(audiences) });
    }

    /// <summary>
    /// Lets several keys have one issuer, for software that expects one issuer address. Call it before
    /// <see cref="AllowKey"/>.
    /// </summary>
    /// <param name="keyClaim">
    /// The name of a claim that every token then carries with the key it is for. Without one, <see cref="VerifiedPayload.Key"/> is
    /// <see langword="null"/> for an issuer that several keys share.
    /// </param>
    /// <exception cref="ApiJwtException">The name is empty or reserved, an extra has it, or the policy is frozen.</exception>
    public void AllowSharedIssuers(string? keyClaim = null)
    {
        if (keyClaim is not null && (keyClaim.Length == 0 || !UnicodeText.IsWellFormed(keyClaim) || ClaimNames.Reserved.Contains(keyClaim)))
            throw new ApiJwtException("The name of the key claim is empty or reserved. Give it another name, such as 'key'.");
        Change(rules => rules with { AllowsSharedIssuers = true, PolicyKeyClaim = keyClaim });
    }

    /// <summary>The rules, which cannot be changed any more.</summary>
    internal PolicyRules Freeze()
    {
        lock (_changing)
        {
            _isFrozen = true;
            return _rules;
        }
    }

    /// <summary>The rules as they are now. Decoding asks for them, and changes nothing.</summary>
    internal PolicyRules Rules => _rules;

    private void Change(Func<PolicyRules, PolicyRules> change)
    {
        lock (_changing)
        {
            if (_isFrozen)
                throw new ApiJwtException("The policy can no longer be changed, because it froze when the first token was issued. Configure it in the constructor of your ApiJwt class.");
            _rules = change(_rules).Checked();
        }
    }
}
