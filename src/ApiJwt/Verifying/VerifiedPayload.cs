using System.Collections.Immutable;
using System.Globalization;

namespace ApiJwts;

/// <summary>What a valid token says. Holding one proves that its signature was checked: only <see cref="ApiJwt.Decode"/> makes it.</summary>
/// <remarks>
/// Immutable and thread-safe. Names and values are compared ordinally: nothing is trimmed, folded or normalised.
/// <see cref="object.ToString"/> shows no value.
/// </remarks>
public sealed class VerifiedPayload
{
    // As on the wire, joined by commas: a few hundred scopes cost one string here and not as many.
    private readonly string _scopes;
    private readonly Dictionary<string, ClaimContent>? _others;
    private IReadOnlySet<string>? _scopeSet;

    internal VerifiedPayload(string subject, string issuer, string? key, string scopes, Dictionary<string, ClaimContent>? others)
    {
        Subject = subject;
        Issuer = issuer;
        Key = key;
        _scopes = scopes;
        _others = others;
    }

    /// <summary>Who the token is for (<c>sub</c>).</summary>
    public string Subject { get; }

    /// <summary>Who issued it (<c>iss</c>); empty if the token does not say.</summary>
    public string Issuer { get; }

    /// <summary>The key whose issuer is <see cref="Issuer"/>; <see langword="null"/> if this service's policy has none.</summary>
    public string? Key { get; }

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

    /// <summary>What the token gives access to (<c>scopes</c>): a set that compares ordinally. Empty elements are not in it.</summary>
    public IReadOnlySet<string> Scopes =>
        // Not a frozen set: its hash is not seeded, and whoever shapes scopes could make them all collide.
        _scopeSet ??= ImmutableHashSet.Create(StringComparer.Ordinal, _scopes.Split(',', StringSplitOptions.RemoveEmptyEntries));

    internal DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Whether the token has a scope.</summary>
    /// <param name="scope">The scope, to the letter.</param>
    public bool HasScope(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Length == 0 || scope.Contains(',', StringComparison.Ordinal))
            return false;
        for (int start = 0; (start = _scopes.IndexOf(scope, start, StringComparison.Ordinal)) >= 0; start++)
        {
            int end = start + scope.Length;
            if ((start == 0 || _scopes[start - 1] == ',') && (end == _scopes.Length || _scopes[end] == ','))
                return true;
        }

        return false;
    }

    /// <summary>Whether the token has at least one of the scopes. With none named, it has none: <see langword="false"/>.</summary>
    /// <param name="scopes">The scopes, to the letter.</param>
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
    public bool HasAllScopes(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Length > 0 && Array.TrueForAll(scopes, HasScope);
    }

    /// <summary>An extra that holds a text.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <returns>The text, or <see langword="null"/> if the token has no such claim or it is not a JSON string.</returns>
    /// <exception cref="ApiJwtException">
    /// The name is <c>sub</c>, <c>iss</c>, <c>exp</c>, <c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c> or <c>scopes</c>, which have a
    /// property here.
    /// </exception>
    public string? GetText(string name) => Find(name) is { Kind: ClaimContentKind.Text } content ? content.Text : null;

    /// <summary>An extra that holds an integer.</summary>
    /// <param name="name">The claim's name on the wire.</param>
    /// <returns>
    /// The integer, or <see langword="null"/> if the token has no such claim or it is not an integer of 64 bits, as a JSON string
    /// or a JSON number. Treat <see langword="null"/> as nothing granted, not as no limit.
    /// </returns>
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
    /// token has no such claim or it is neither. The wire does not tell a list from a text with commas in it: ask for what was
    /// declared.
    /// </returns>
    /// <exception cref="ApiJwtException">
    /// The name is <c>sub</c>, <c>iss</c>, <c>exp</c>, <c>level</c>, <c>factor</c>, <c>target</c>, <c>dnt</c> or <c>scopes</c>, which have a
    /// property here.
    /// </exception>
    public IReadOnlyList<string>? GetList(string name) => Find(name) switch
    {
        { Kind: ClaimContentKind.Text } content => content.Text!.Split(',', StringSplitOptions.RemoveEmptyEntries),
        { Kind: ClaimContentKind.List } content => Array.AsReadOnly(content.List!),
        _ => null,
    };

    /// <summary>The audiences of the <c>aud</c> claim (RFC 7519, section 4.1.3); <see langword="null"/> without one.</summary>
    internal IReadOnlyList<string>? Audiences => FindOther(ClaimNames.Audience) is { } claim
        ? claim.List ?? (claim.Kind == ClaimContentKind.Text ? [claim.Text!] : [])
        : null;

    // The platform's number parsing passes over NUL characters at the end, and nothing is trimmed here.
    private string? NumberText(string name) =>
        Find(name)?.Text is { Length: > 0 } text && char.IsAsciiDigit(text[^1]) ? text : null;

    /// <summary>The claims without a property here, as text: every element of a list by itself. Other JSON values are left out.</summary>
    internal IEnumerable<(string Name, string Value)> Others
    {
        get
        {
            foreach ((string name, ClaimContent content) in _others ?? [])
            {
                foreach (string value in content.List ?? (content.Text is null ? [] : [content.Text]))
                    yield return (name, value);
            }
        }
    }

    private ClaimContent? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string? property = name switch
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
        if (property is not null)
            throw new ApiJwtException($"The claim '{name}' is not an extra. Read it from VerifiedPayload.{property}.");
        return FindOther(name);
    }

    private ClaimContent? FindOther(string name) =>
        _others is not null && _others.TryGetValue(name, out ClaimContent content) ? content : null;
}

/// <summary>What a claim other than this library's own holds, as far as anything here can read it.</summary>
/// <param name="Kind">Its JSON form.</param>
/// <param name="Text">The text of a string, or the digits of a number.</param>
/// <param name="List">The elements of an array of strings, without empty ones.</param>
internal readonly record struct ClaimContent(ClaimContentKind Kind, string? Text = null, string[]? List = null);

internal enum ClaimContentKind
{
    Other,
    Text,
    Number,
    List,
}
