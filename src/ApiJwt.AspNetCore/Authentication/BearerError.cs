using System.Buffers;
using ApiJwts.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>The error of a refused request: a challenge for the client (RFC 6750, section 3; RFC 9470, section 3), and a sentence for people.</summary>
/// <param name="Challenge">The value of <c>WWW-Authenticate</c>.</param>
/// <param name="Description">The sentence.</param>
internal sealed record BearerError(string Challenge, string Description)
{
    // The characters of a scope-token (RFC 6749, section 3.3). Any other character would end the quoted string or split the scope in two.
    private static readonly SearchValues<char> ScopeCharacters =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Except(['"', '\\'])]);

    /// <summary>Whether the token may be valid, but the keys or the list of revoked tokens are not available. The answer is 503 and not 401.</summary>
    public static bool IsTemporary(Exception? failure) => failure is SecurityTokenSignatureKeyNotFoundException;

    /// <summary>Tells the client only what it needs to decide what to do next: get a new token, wait, or give up.</summary>
    public static string Describe(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        _ when IsTemporary(failure) => "Tokens cannot be verified at the moment.",
        _ => "The token is not valid.",
    };

    /// <summary>The error for a requirement that has no more specific error.</summary>
    public static BearerError NoAccess { get; } = InsufficientScope("The token does not give access to this.", "");

    public static BearerError OtherKey { get; } = InsufficientScope("Tokens of this kind do not give access to this.", "");

    /// <summary>
    /// The parameter <c>scope</c> lists only scopes that are all required, because clients request every scope in it. The description lists
    /// alternatives, of which one is enough.
    /// </summary>
    /// <param name="required">All scope requirements of the endpoint.</param>
    /// <param name="alternatives">A requirement for one of several scopes that the token does not meet, if there is one.</param>
    public static BearerError InsufficientScope(IReadOnlyCollection<ScopeRequirement> required, ScopeRequirement? alternatives)
    {
        string[] needed = [.. required.Where(requirement => requirement.All || requirement.Scopes.Count == 1).SelectMany(requirement => requirement.Scopes).Distinct(StringComparer.Ordinal)];
        string scope = needed.Length == 0 || !CanStandInHeader(needed) ? "" : $", scope=\"{string.Join(' ', needed)}\"";
        string sentence = alternatives is { Scopes.Count: > 1 } && CanStandInHeader(alternatives.Scopes)
            ? $"The token needs one of these scopes: {string.Join(", ", alternatives.Scopes)}."
            : NoAccess.Description;
        return InsufficientScope(sentence, scope);
    }

    public static BearerError InsufficientLevel(double level)
    {
        const string Sentence = "A higher authentication level is required.";
        return new BearerError(
            $"Bearer error=\"insufficient_user_authentication\", error_description=\"{Sentence}\", acr_values=\"{LevelText.Of(level)}\"", Sentence);
    }

    private static BearerError InsufficientScope(string sentence, string scope) =>
        new($"Bearer error=\"insufficient_scope\", error_description=\"{sentence}\"{scope}", sentence);

    private static bool CanStandInHeader(IEnumerable<string> scopes) => !scopes.Any(name => name.AsSpan().ContainsAnyExcept(ScopeCharacters));
}
