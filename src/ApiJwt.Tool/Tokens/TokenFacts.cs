using System.Text.Json;
using ApiJwts.Tool.Output;

namespace ApiJwts.Tool.Tokens;

/// <summary>Shows the header and the claims of a token.</summary>
internal static class TokenFacts
{
    public static void Show(UnverifiedToken token, Screen screen, DateTimeOffset now)
    {
        Show("header", token.Header, screen, now);
        Show("claims", token.Claims, screen, now);
    }

    private static void Show(string title, JsonElement members, Screen screen, DateTimeOffset now)
    {
        screen.Heading(title);
        (string, string)[] facts = [.. members.EnumerateObject().Select(member => (Printable.Of(member.Name), Describe(member, now)))];
        screen.Facts(facts is [] ? [("(none)", "")] : facts);
    }

    private static string Describe(JsonProperty member, DateTimeOffset now) => member switch
    {
        { Name: "exp" or "nbf" or "iat" } when TimeOf(member.Value) is { } time => Moment.Of(time, now),
        { Value.ValueKind: JsonValueKind.String } when member.Value.GetString() is { Length: > 0 } text => Printable.Of(text),
        _ => Printable.Of(member.Value.GetRawText()),
    };

    /// <summary>A NumericDate (RFC 7519, section 2); <see langword="null"/> if it is not a number, or is outside the range of <see cref="DateTimeOffset"/>.</summary>
    public static DateTimeOffset? TimeOf(JsonElement claim) =>
        claim.ValueKind == JsonValueKind.Number && claim.TryGetDouble(out double seconds)
        && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
