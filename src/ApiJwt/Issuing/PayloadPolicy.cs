using System.Globalization;

namespace ApiJwts;

/// <summary>
/// Decides which tokens may be issued: the policy keys with their issuers and scopes, the allowed values of each claim, and the extras.
/// Configure it in the constructor of your <see cref="ApiJwt"/>. A service that only verifies tokens needs it only for
/// <see cref="VerifiedPayload.Key"/>, and for guards and roles by key.
/// </summary>
/// <remarks>
/// <para>A policy without configuration has the defaults of the Python library: the policy keys <c>user</c> (issuer <c>auth_user</c>,
/// scope <c>user:all</c>) and <c>admin</c> (issuer <c>auth_admin</c>, scope <c>admin:all</c>), the levels 0.0, 1.0, 2.0, 3.0 and 4.0, every
/// do-not-track value, and any factor and target. The first call of an <c>Allow</c> method replaces its defaults; further calls add
/// values. A built-in default value, such as level 0.0, is issued even if it is not allowed, as in the Python library.
/// <see cref="SetDefault"/> changes it.</para>
/// <para>Each call refuses a contradiction with the calls before it, so call the <c>Allow</c> methods before <see cref="SetDefault"/>. The
/// policy freezes when the first token is issued. Thread-safe.</para>
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
    /// <param name="levels">One or more levels: 0 (no authentication), or 0.0001 to below 10^16. By convention, 1 is external
    /// authentication, 2 is one factor, 3 is several factors, and 4 is a certificate.</param>
    /// <exception cref="ArgumentNullException"><paramref name="levels"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">No level is given, a level is out of bounds, or the policy is frozen.</exception>
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
    /// <exception cref="ApiJwtException">No value is given, a value is not a member of the enumeration, or the policy is frozen.</exception>
    public void AllowDoNotTrack(params DoNotTrack[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!Array.TrueForAll(values, Enum.IsDefined))
            throw new ApiJwtException("A do-not-track value is not one of the DoNotTrack members. Use a member.");
        Change(rules => rules with { DoNotTrack = rules.DoNotTrack.Allow(Array.ConvertAll(values, choice => PythonNumber.Format((long)choice))) });
    }

    /// <summary>Allows authentication factors, such as <c>password</c> or <c>otp</c>. If it is not called, any factor may be issued.</summary>
    /// <param name="factors">One or more factors.</param>
    /// <exception cref="ArgumentNullException"><paramref name="factors"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">No value is given, a value has a lone surrogate, or the policy is frozen.</exception>
    public void AllowFactors(params string[] factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        Change(rules => rules with { Factors = rules.Factors.Allow(factors) });
    }

    /// <summary>Allows targets: the ids that the scopes apply to. If it is not called, any target may be issued.</summary>
    /// <param name="targets">One or more targets.</param>
    /// <exception cref="ArgumentNullException"><paramref name="targets"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">No value is given, a value has a lone surrogate, or the policy is frozen.</exception>
    public void AllowTargets(params string[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Change(rules => rules with { Targets = rules.Targets.Allow(targets) });
    }

    /// <summary>Allows a policy key: a kind of subject, such as <c>user</c> or <c>support</c>, for which tokens may be issued.</summary>
    /// <param name="key">The name of the policy key, for <see cref="TokenRequest.Key"/> and <see cref="VerifiedPayload.Key"/>.</param>
    /// <param name="issuer">The <c>iss</c> claim of its tokens. Gateways such as Kong match on it. Two policy keys must not have the same issuer, unless <see cref="AllowSharedIssuers"/> was called.</param>
    /// <param name="scopes">The scopes that may be issued for it, in addition to those of <see cref="AllowScopes"/>; <c>[]</c> for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/>, <paramref name="issuer"/> or <paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The key or the issuer is empty, has a lone surrogate, or was allowed before; a scope is empty, or has a comma, a control character or
    /// a lone surrogate; a default or an extra contradicts the call; or the policy is frozen.
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

    /// <summary>Allows scopes for every policy key, in addition to those of <see cref="AllowKey"/>.</summary>
    /// <param name="scopes">One or more scopes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">No scope is given; a scope is empty, or has a comma, a control character or a lone surrogate; or the policy is frozen.</exception>
    public void AllowScopes(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        Change(rules => rules with { Scopes = rules.Scopes.Allow(scopes) });
    }

    /// <summary>Allows a custom claim.</summary>
    /// <param name="extra">The name, the type, the default and the allowed values of the claim.</param>
    /// <exception cref="ArgumentNullException"><paramref name="extra"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The name is empty, reserved or already declared; a list of values is empty; the default is not allowed for every policy key; a key in
    /// <c>allowedPerKey</c> is not an allowed policy key; or the policy is frozen.
    /// </exception>
    public void AllowExtra(Extra extra)
    {
        ArgumentNullException.ThrowIfNull(extra);
        Change(rules => rules.AllowExtra(extra.ToRule()));
    }

    /// <summary>Sets the value of a claim for requests that have none, or omits the claim.</summary>
    /// <param name="claim"><c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c>, <c>scopes</c>, or the name of an extra.</param>
    /// <param name="value">The new default. <see langword="null"/> omits the claim from tokens whose request does not set it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="claim"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">The claim is unknown, the value has the wrong type or is not allowed, or the policy is frozen.</exception>
    public void SetDefault(string claim, ClaimValue? value)
    {
        ArgumentNullException.ThrowIfNull(claim);
        Change(rules => rules.SetDefault(claim, value));
    }

    /// <summary>
    /// Writes the time of issue into every token (<c>iat</c>), in whole seconds. It is off by default, as in the Python library. It is required
    /// for revoking the tokens of a subject, for <see cref="ApiJwtOptions.MaxAge"/>, and by RFC 9068.
    /// </summary>
    /// <exception cref="ApiJwtException">The policy is frozen.</exception>
    public void WriteIssuedAt() => Change(rules => rules with { WritesIssuedAt = true });

    /// <summary>
    /// Writes a random id into every token (<c>jti</c>): 128 bits, 22 characters. It is off by default, as in the Python library. It is
    /// required for revoking a single token, and by RFC 9068.
    /// </summary>
    /// <exception cref="ApiJwtException">The policy is frozen.</exception>
    public void WriteTokenId() => Change(rules => rules with { WritesTokenId = true });

    /// <summary>Chooses the claim, or the claims, that contain the scopes. The default is <see cref="ScopeFormat.Comma"/>, as in the Python library.</summary>
    /// <param name="format">The format. With <see cref="ScopeFormat.Space"/> or <see cref="ScopeFormat.Both"/>, a request for a scope with a space is refused.</param>
    /// <exception cref="ApiJwtException">The value is not a member of the enumeration, or the policy is frozen.</exception>
    public void WriteScopesAs(ScopeFormat format)
    {
        if (!Enum.IsDefined(format))
            throw new ApiJwtException("The format of scopes is not one of the ScopeFormat members. Use a member.");
        Change(rules => rules with { ScopeFormat = format });
    }

    /// <summary>Allows audiences for <see cref="TokenRequest.Audience"/>. If it is not called, a request may set any audience.</summary>
    /// <param name="audiences">One or more audiences.</param>
    /// <exception cref="ArgumentNullException"><paramref name="audiences"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">No value is given, a value has a lone surrogate, or the policy is frozen.</exception>
    public void AllowAudiences(params string[] audiences)
    {
        ArgumentNullException.ThrowIfNull(audiences);
        Change(rules => rules with { Audiences = rules.Audiences.Allow(audiences) });
    }

    /// <summary>
    /// Allows several policy keys to have the same issuer, for software that expects a single issuer. Call it before
    /// <see cref="AllowKey"/>.
    /// </summary>
    /// <param name="keyClaim">
    /// The name of a claim that contains the policy key in every token. If it is <see langword="null"/>, <see cref="VerifiedPayload.Key"/> is
    /// <see langword="null"/> for an issuer that several policy keys share.
    /// </param>
    /// <exception cref="ApiJwtException">The name is empty, has a lone surrogate, is reserved or is the name of an extra; or the policy is frozen.</exception>
    public void AllowSharedIssuers(string? keyClaim = null)
    {
        if (keyClaim is not null && (keyClaim.Length == 0 || !UnicodeText.IsWellFormed(keyClaim) || ClaimNames.Reserved.Contains(keyClaim)))
            throw new ApiJwtException("The name of the key claim is empty or reserved. Give it another name, such as 'key'.");
        Change(rules => rules with { AllowsSharedIssuers = true, PolicyKeyClaim = keyClaim });
    }

    /// <summary>Freezes the policy and returns its rules.</summary>
    internal PolicyRules Freeze()
    {
        lock (_changing)
        {
            _isFrozen = true;
            return _rules;
        }
    }

    /// <summary>The current rules. Reading them does not freeze the policy.</summary>
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
