using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;

namespace ApiJwts;

/// <summary>What a valid token says. Holding one proves that its signature was checked: only <see cref="ApiJwt.Decode"/> makes it.</summary>
/// <remarks>
/// Immutable and thread-safe. Names and values are compared ordinally: nothing is trimmed, folded or normalised.
/// <see cref="object.ToString"/> shows no value.
/// </remarks>
public sealed class VerifiedPayload
{
    private readonly string[] _scopes;
    private readonly JsonElement _json;
    private IReadOnlySet<string>? _scopeSet;
    private IReadOnlyDictionary<string, JsonElement>? _extras;
    private string? _subjectHash;

    /// <param name="scopes">The scopes.</param>
    /// <param name="json">The whole payload, if it has claims without a property here.</param>
    internal VerifiedPayload(string[] scopes, JsonElement json)
    {
        _scopes = scopes;
        _json = json;
    }

    /// <summary>Who the token is for (<c>sub</c>); empty only where <see cref="ApiJwtOptions.AllowMissingSubject"/> lets such tokens in.</summary>
    public string Subject { get; internal init; } = "";

    /// <summary>Whether the token names a subject. One that a client got for itself may not (<see cref="ApiJwtOptions.AllowMissingSubject"/>).</summary>
    public bool HasSubject => Subject.Length > 0;

    /// <summary>Who issued it (<c>iss</c>); empty if the token does not say.</summary>
    public string Issuer { get; internal init; } = "";

    /// <summary>
    /// The key whose issuer is <see cref="Issuer"/>; <see langword="null"/> if the policy of this class names none, or names several that
    /// share the issuer and no claim says which.
    /// </summary>
    public string? Key { get; internal init; }

    /// <summary>How strongly the subject authenticated (<c>level</c>); 0.0 if the token does not say.</summary>
    public double Level { get; internal init; }

    /// <summary>What the subject authenticated with (<c>factor</c>); empty if the token does not say.</summary>
    public string Factor { get; internal init; } = "";

    /// <summary>The id that the scopes concern (<c>target</c>), when it is not the subject's; empty if the token does not say.</summary>
    public string Target { get; internal init; } = "";

    /// <summary>Whether the subject may be tracked (<c>dnt</c>).</summary>
    public DoNotTrack DoNotTrack { get; internal init; }

    /// <summary>When the token expires (<c>exp</c>), in UTC. From that moment on it is not valid any more.</summary>
    public DateTimeOffset ExpiresAt { get; internal init; }

    /// <summary>When the token was issued (<c>iat</c>), in UTC; <see langword="null"/> if it does not say.</summary>
    public DateTimeOffset? IssuedAt { get; internal init; }

    /// <summary>The id of the token (<c>jti</c>); <see langword="null"/> if it has none.</summary>
    public string? TokenId { get; internal init; }

    /// <summary>
    /// What the token gives access to (<c>scopes</c>, or <c>scope</c> or <c>scp</c> of other issuers): a set that compares ordinally. Empty
    /// elements are not in it.
    /// </summary>
    public IReadOnlySet<string> Scopes =>
        // Not a frozen set: its hash is not seeded, and whoever shapes scopes could make them all collide.
        _scopeSet ??= ImmutableHashSet.Create(StringComparer.Ordinal, _scopes);

    internal DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Computed once, because every decode of the same token needs it.</summary>
    internal string SubjectHash => _subjectHash ??= Revocation.HashOf(Subject);

    /// <summary>Whether the token has a scope.</summary>
    /// <param name="scope">The scope, to the letter.</param>
    /// <returns>Whether the token has it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scope"/> is <see langword="null"/>.</exception>
    public bool HasScope(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Scopes.Contains(scope);
    }

    /// <summary>Whether the token has at least one of the scopes. With none named, it has none: <see langword="false"/>.</summary>
    /// <param name="scopes">The scopes, to the letter.</param>
    /// <returns>Whether the token has at least one of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    public bool HasAnyScope(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return Array.Exists(scopes, HasScope);
    }

    /// <summary>
    /// Whether the token has every one of the scopes. With none named the answer is <see langword="false"/>: an empty list, left
    /// perhaps by a setting that is missing, never means that anyone may pass.
    /// </summary>
    /// <param name="scopes">The scopes, to the letter.</param>
    /// <returns>Whether the token has every one of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scopes"/> is <see langword="null"/>.</exception>
    public bool HasAllScopes(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Length > 0 && Array.TrueForAll(scopes, HasScope);
    }

    /// <summary>An extra that holds a text.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <returns>The text, or <see langword="null"/> if the token has no such claim or it is not a JSON string.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The name is <c>sub</c>, <c>iss</c>, <c>exp</c>, <c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c> or <c>scopes</c>, which have a
    /// property here.
    /// </exception>
    public string? GetText(string name) => Find(name) is { ValueKind: JsonValueKind.String } json ? json.GetString() : null;

    /// <summary>An extra that holds an integer.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <returns>
    /// The integer, or <see langword="null"/> if the token has no such claim or it is not an integer of 64 bits, as a JSON string
    /// or a JSON number. Treat <see langword="null"/> as nothing granted, not as no limit.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The name is <c>sub</c>, <c>iss</c>, <c>exp</c>, <c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c> or <c>scopes</c>, which have a
    /// property here.
    /// </exception>
    public long? GetInteger(string name) =>
        NumberText(name) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>An extra that holds a number.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <returns>
    /// The number, or <see langword="null"/> if the token has no such claim or it is not a finite number, as a JSON string or a
    /// JSON number. Treat <see langword="null"/> as nothing granted, not as no limit.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The name is <c>sub</c>, <c>iss</c>, <c>exp</c>, <c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c> or <c>scopes</c>, which have a
    /// property here.
    /// </exception>
    public double? GetNumber(string name) =>
        NumberText(name) is { } text
        && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) ? value : null;

    /// <summary>An extra that holds a list of text.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <returns>
    /// The elements, without empty ones, of a comma-joined JSON string or of a JSON array of strings; <see langword="null"/> if the
    /// token has no such claim or it is neither. A list and a text with commas look the same in a token: use the method for
    /// what was declared.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The name is <c>sub</c>, <c>iss</c>, <c>exp</c>, <c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c> or <c>scopes</c>, which have a
    /// property here.
    /// </exception>
    public IReadOnlyList<string>? GetList(string name) => Find(name) is { } json ? ListOf(json) : null;

    /// <summary>An extra that is true or false.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <returns>
    /// The value, or <see langword="null"/> if the token has no such claim or it is neither a JSON <c>true</c> or <c>false</c> nor the
    /// string <c>True</c> or <c>False</c>, in any case. Treat <see langword="null"/> as nothing granted.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">The claim has a property here.</exception>
    public bool? GetBoolean(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } json when "True".Equals(json.GetString(), StringComparison.OrdinalIgnoreCase) => true,
        { ValueKind: JsonValueKind.String } json when "False".Equals(json.GetString(), StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    /// <summary>The extras as JSON, and what other issuers write beside the claims that have a property here. Empty if there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extras => _extras ??= new ReadOnlyDictionary<string, JsonElement>(
        Others.Where(claim => claim.Name is not (ClaimNames.Audience or ClaimNames.NotBefore or ClaimNames.IssuedAt or ClaimNames.TokenId or ClaimNames.Scope or ClaimNames.ShortScope))
            .ToDictionary(claim => claim.Name, claim => claim.Value, StringComparer.Ordinal));

    /// <summary>The claims that are not among the eight of this library's own.</summary>
    internal IEnumerable<JsonProperty> Others =>
        _json.ValueKind == JsonValueKind.Undefined ? [] : _json.EnumerateObject().Where(claim => PropertyOf(claim.Name) is null);

    /// <summary>Whether the sender must prove to have a key (RFC 7800).</summary>
    internal bool IsSenderConstrained => FindOther(ClaimNames.Confirmation) is not null;

    /// <summary>The audiences of the <c>aud</c> claim (RFC 7519, section 4.1.3); <see langword="null"/> without one.</summary>
    internal IReadOnlyList<string>? Audiences => FindOther(ClaimNames.Audience) is not { } json ? null
        : json.ValueKind == JsonValueKind.String ? [json.GetString()!]
        : StrictJson.ReadStrings(json) ?? [];

    // The platform's number parsing ignores NUL characters at the end, and nothing is trimmed here.
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

    /// <summary>The property that holds a claim; <see langword="null"/> if there is none.</summary>
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
