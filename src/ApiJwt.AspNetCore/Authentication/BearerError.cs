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

    public static BearerError InsufficientScope(IEnumerable<string> scopes)
    {
        const string Sentence = "The token does not give access to this.";
        string[] needed = [.. scopes.Distinct(StringComparer.Ordinal)];
        string scope = needed.Length == 0 || Array.Exists(needed, name => name.AsSpan().ContainsAnyExcept(ScopeCharacters))
            ? ""
            : $", scope=\"{string.Join(' ', needed)}\"";
        return new BearerError($"Bearer error=\"insufficient_scope\", error_description=\"{Sentence}\"{scope}", Sentence);
    }

    public static BearerError InsufficientLevel(double level)
    {
        const string Sentence = "A higher authentication level is required.";
        return new BearerError(
            $"Bearer error=\"insufficient_user_authentication\", error_description=\"{Sentence}\", acr_values=\"{LevelText.Of(level)}\"", Sentence);
    }
}
