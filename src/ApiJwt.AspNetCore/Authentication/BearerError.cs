using System.Buffers;
using ApiJwts.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>What a refusal says: to the client as a challenge (RFC 6750, section 3; RFC 9470, section 3), and to people as a sentence.</summary>
/// <param name="Challenge">The value of <c>WWW-Authenticate</c>.</param>
/// <param name="Description">The sentence.</param>
internal sealed record BearerError(string Challenge, string Description)
{
    // The scope-token of RFC 6749, section 3.3: anything else would break the quotes around it, or become two scopes.
    private static readonly SearchValues<char> ScopeCharacters =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Except(['"', '\\'])]);

    /// <summary>Says no more than the client needs to know what to do next: get a new token, wait, or give up.</summary>
    public static string Describe(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenSignatureKeyNotFoundException => "Tokens cannot be verified at the moment.",
        _ => "The token is not valid.",
    };

    /// <summary>Something other than a scope is missing, and there is no scope to ask for.</summary>
    public static BearerError NoAccess { get; } = InsufficientScope("The token does not give access to this.", "");

    public static BearerError OtherKey { get; } = InsufficientScope("Tokens of this kind do not give access to this.", "");

    /// <summary>
    /// The parameter <c>scope</c> is for scopes that are all needed: clients ask for every one. Of alternatives one is enough, so they are
    /// named in the description.
    /// </summary>
    /// <param name="required">All that the endpoint requires.</param>
    /// <param name="alternatives">Scopes of which the token has none.</param>
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
