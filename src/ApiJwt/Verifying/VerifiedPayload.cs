using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;

namespace ApiJwts;

/// <summary>The claims of a valid token. Only <see cref="ApiJwt"/> creates instances, so an instance proves that the signature was verified.</summary>
/// <remarks>
/// Immutable and thread-safe. Names and values are compared ordinally, without trimming, case folding or normalization.
/// <see cref="object.ToString"/> does not show the claims.
/// </remarks>
public sealed class VerifiedPayload
{
    private readonly string[] _scopes;
    private readonly JsonElement _json;
    private IReadOnlySet<string>? _scopeSet;
    private IReadOnlyDictionary<string, JsonElement>? _extras;
    private string? _subjectHash;

    /// <param name="scopes">The scopes.</param>
    /// <param name="json">The payload if it has claims without a property of this class; otherwise <see langword="default"/>.</param>
    internal VerifiedPayload(string[] scopes, JsonElement json)
    {
        _scopes = scopes;
        _json = json;
    }

    /// <summary>The subject (<c>sub</c>). It is empty only if <see cref="ApiJwtOptions.AllowMissingSubject"/> is set and the token has none.</summary>
    public string Subject { get; internal init; } = "";

    /// <summary>Whether the token has a subject. Without <see cref="ApiJwtOptions.AllowMissingSubject"/>, every valid token has one.</summary>
    public bool HasSubject => Subject.Length > 0;

    /// <summary>The issuer (<c>iss</c>); empty if the token has none.</summary>
    public string Issuer { get; internal init; } = "";

    /// <summary>
    /// The policy key of <see cref="Issuer"/>; <see langword="null"/> if the policy of the verifying class allows none for this issuer, or
    /// allows several and the token has no claim that tells which (<see cref="PayloadPolicy.AllowSharedIssuers"/>).
    /// </summary>
    public string? Key { get; internal init; }

    /// <summary>The authentication level (<c>level</c>); 0.0 if the token has none.</summary>
    public double Level { get; internal init; }

    /// <summary>The authentication factor (<c>factor</c>); empty if the token has none.</summary>
    public string Factor { get; internal init; } = "";

    /// <summary>The id that the scopes apply to (<c>target</c>), if it is not the subject; empty if the token has none.</summary>
    public string Target { get; internal init; } = "";

    /// <summary>Whether the subject may be tracked (<c>dnt</c>); <see cref="DoNotTrack.Normal"/> if the token has no such claim.</summary>
    public DoNotTrack DoNotTrack { get; internal init; }

    /// <summary>The expiry (<c>exp</c>), in UTC. The token is valid only before this time.</summary>
    public DateTimeOffset ExpiresAt { get; internal init; }

    /// <summary>The time of issue (<c>iat</c>), in UTC; <see langword="null"/> if the token has none.</summary>
    public DateTimeOffset? IssuedAt { get; internal init; }

    /// <summary>The id of the token (<c>jti</c>); <see langword="null"/> if it has none.</summary>
    public string? TokenId { get; internal init; }

    /// <summary>
    /// The scopes (<c>scopes</c>, or <c>scope</c> or <c>scp</c> of other issuers), as a set with ordinal comparison and without empty elements.
    /// </summary>
    public IReadOnlySet<string> Scopes =>
        // FrozenSet does not randomize its hash codes, so an attacker could choose scopes that all collide.
        _scopeSet ??= ImmutableHashSet.Create(StringComparer.Ordinal, _scopes);

    internal DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The SHA-256 of the subject. Cached, because every decode of a token needs it.</summary>
    internal string SubjectHash => _subjectHash ??= Revocation.HashOf(Subject);

    /// <summary>Whether the token has a scope.</summary>
    /// <param name="scope">The scope. The comparison is ordinal.</param>
    /// <returns><see langword="true"/> if the token has the scope.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is <see langword="null"/>.</exception>
    public bool HasScope(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Scopes.Contains(scope);
    }

    /// <summary>Whether the token has at least one of several scopes.</summary>
    /// <param name="scopes">The scopes. The comparison is ordinal.</param>
    /// <returns><see langword="true"/> if the token has at least one of the scopes; <see langword="false"/> if <paramref name="scopes"/> is empty.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    public bool HasAnyScope(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return Array.Exists(scopes, HasScope);
    }

    /// <summary>Whether the token has all of several scopes.</summary>
    /// <remarks>An empty list returns <see langword="false"/>, so that a missing setting does not grant access to every caller.</remarks>
    /// <param name="scopes">The scopes. The comparison is ordinal.</param>
    /// <returns><see langword="true"/> if the token has all of the scopes; <see langword="false"/> if <paramref name="scopes"/> is empty.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    public bool HasAllScopes(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Length > 0 && Array.TrueForAll(scopes, HasScope);
    }

    /// <summary>Reads an extra as a string.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <returns>The string; <see langword="null"/> if the token does not have the claim, or if its value is not a JSON string.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The name is <c>sub</c>, <c>iss</c>, <c>exp</c>, <c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c> or <c>scopes</c>. Read these from the
    /// properties of this class.
    /// </exception>
    public string? GetText(string name) => Find(name) is { ValueKind: JsonValueKind.String } json ? json.GetString() : null;

    /// <summary>Reads an extra as an integer.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <returns>
    /// The integer; <see langword="null"/> if the token does not have the claim, or if its value is not a 64-bit integer in a JSON string or a
    /// JSON number. Treat <see langword="null"/> as no permission, not as no limit.
    /// </returns>
    /// <inheritdoc cref="GetText" path="/exception"/>
    public long? GetInteger(string name) =>
        NumberText(name) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>Reads an extra as a number.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <returns>
    /// The number; <see langword="null"/> if the token does not have the claim, or if its value is not a finite number in a JSON string or a
    /// JSON number. Treat <see langword="null"/> as no permission, not as no limit.
    /// </returns>
    /// <inheritdoc cref="GetText" path="/exception"/>
    public double? GetNumber(string name) =>
        NumberText(name) is { } text
        && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) ? value : null;

    /// <summary>Reads an extra as a list of strings.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <returns>
    /// The elements of a comma-separated JSON string or of a JSON array of strings, without empty elements; <see langword="null"/> if the token
    /// does not have the claim, or if its value has another type. A list and a string with commas have the same form in a token, so use
    /// the method for the declared type.
    /// </returns>
    /// <inheritdoc cref="GetText" path="/exception"/>
    public IReadOnlyList<string>? GetList(string name) => Find(name) is { } json ? ListOf(json) : null;

    /// <summary>Reads an extra as a Boolean.</summary>
    /// <param name="name">The claim's name in the token.</param>
    /// <returns>
    /// The value of a JSON Boolean, or of a JSON string <c>True</c> or <c>False</c> in any case; <see langword="null"/> if the token does not have
    /// the claim, or if it has another value. Treat <see langword="null"/> as no permission.
    /// </returns>
    /// <inheritdoc cref="GetText" path="/exception"/>
    public bool? GetBoolean(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } json when "True".Equals(json.GetString(), StringComparison.OrdinalIgnoreCase) => true,
        { ValueKind: JsonValueKind.String } json when "False".Equals(json.GetString(), StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    /// <summary>All claims that have no property in this class, except <c>aud</c> and <c>nbf</c>, as JSON: the extras, and claims of other issuers. Empty if there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extras => _extras ??= new ReadOnlyDictionary<string, JsonElement>(
        Others.Where(claim => claim.Name is not (ClaimNames.Audience or ClaimNames.NotBefore or ClaimNames.IssuedAt or ClaimNames.TokenId or ClaimNames.Scope or ClaimNames.ShortScope))
            .ToDictionary(claim => claim.Name, claim => claim.Value, StringComparer.Ordinal));

    /// <summary>The claims that <see cref="PropertyOf"/> does not know.</summary>
    internal IEnumerable<JsonProperty> Others =>
        _json.ValueKind == JsonValueKind.Undefined ? [] : _json.EnumerateObject().Where(claim => PropertyOf(claim.Name) is null);

    /// <summary>Whether the sender must prove possession of a key (RFC 7800).</summary>
    internal bool IsSenderConstrained => FindOther(ClaimNames.Confirmation) is not null;

    /// <summary>The audiences of the <c>aud</c> claim (RFC 7519, section 4.1.3); <see langword="null"/> if the token has none.</summary>
    internal IReadOnlyList<string>? Audiences => FindOther(ClaimNames.Audience) is not { } json ? null
        : json.ValueKind == JsonValueKind.String ? [json.GetString()!]
        : StrictJson.ReadStrings(json) ?? [];

    // TryParse ignores trailing NUL characters. The last character is checked, so that such a string is not a number.
    private string? NumberText(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } json => json.GetRawText(),
        { ValueKind: JsonValueKind.String } json when json.GetString() is { Length: > 0 } text && char.IsAsciiDigit(text[^1]) => text,
        _ => null,
    };

    private static IReadOnlyList<string>? ListOf(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? json.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries)
        : StrictJson.ReadStrings(json) is { } list ? Array.AsReadOnly(list) : null;

    private JsonElement? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return PropertyOf(name) is { } property
            ? throw new ApiJwtException($"The claim '{name}' is not an extra. Read it from VerifiedPayload.{property}.")
            : FindOther(name);
    }

    /// <summary>The name of the property with the value of a claim; <see langword="null"/> if there is none.</summary>
    internal static string? PropertyOf(string claim) => claim switch
    {
        ClaimNames.Subject => nameof(Subject),
        ClaimNames.Issuer => nameof(Issuer),
        ClaimNames.ExpiresAt => nameof(ExpiresAt),
        ClaimNames.Level => nameof(Level),
        ClaimNames.Factor => nameof(Factor),
        ClaimNames.Target => nameof(Target),
        ClaimNames.DoNotTrack => nameof(DoNotTrack),
        ClaimNames.Scopes => nameof(Scopes),
        _ => null,
    };

    private JsonElement? FindOther(string name) =>
        _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(name, out JsonElement value) ? value : null;
}
