using System.Globalization;
using System.Text;

namespace Hudya.Tests.Attacks;

public class A_token_cannot_exhaust_the_service
{
    // The object around the arrays is the 64th level.
    private const int DeepestArrays = 63;

    public static HostileFamily Family { get; } = new("size and nesting", Tokens());

    public static HostileFamily Roomy { get; } = new("size and nesting, in a mebibyte", LargeTokens(), options => options.MaxTokenLength = 1024 * 1024);

    [Theory]
    [MemberData(nameof(Family))]
    public void A_token_that_is_too_long_or_too_deeply_nested_is_refused(string name) => Family.ShouldRefuse(name);

    [Theory]
    [MemberData(nameof(Roomy))]
    public void Hostile_tokens_are_refused_when_a_token_may_be_a_mebibyte_long(string name) => Roomy.ShouldRefuse(name);

    [Fact]
    public void The_longest_token_that_is_allowed_is_read()
    {
        string token = OfLength(16384);

        token.Should().HaveLength(16384);
        Family.Service().Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void The_deepest_nesting_that_is_allowed_is_read()
    {
        string header = $$"""{"alg":"RS256","x":{{Arrays(DeepestArrays)}}}""";
        string payload = GoodClaims.With("x", Arrays(DeepestArrays));

        Family.Service().Decode(Forge.Sign(header, payload)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Ten_thousand_members_are_read()
    {
        DecodeResult result = Roomy.Service().Decode(Forge.Sign(Many(Forge.Rs256Header, 200), Many(GoodClaims.Json, 10_000)));

        result.Payload!.Subject.Should().Be(GoodClaims.Subject);
        result.Payload.GetInteger("m9999").Should().Be(9999);
    }

    private static IEnumerable<HostileToken> Tokens()
    {
        yield return new("one character too long", OfLength(16385), TokenFailure.TooLong);
        yield return new("one character too long, of no sense", new string('A', 16385), TokenFailure.TooLong);
        yield return new("ten million characters", new string('A', 10_000_000), TokenFailure.TooLong);
        yield return new("ten million characters outside ASCII", new string('\u212A', 10_000_000), TokenFailure.TooLong);
        yield return new("the longest that is looked at, of no sense", new string('A', 16384), TokenFailure.Malformed);
        yield return new("the longest that is looked at, blanks", new string(' ', 16384), TokenFailure.Malformed);
        foreach (HostileToken token in Nested([DeepestArrays + 1, DeepestArrays + 2, 500, 1000]))
            yield return token;
        yield return InHeader("ten thousand brackets that stay open", "{\"alg\":\"RS256\",\"x\":" + new string('[', 10_000));
        yield return InHeader("two thousand brackets that stay open", "{\"alg\":\"RS256\",\"x\":" + new string('[', 2_000));
        yield return new("ten thousand brackets that stay open, in the payload", Forge.Claims("{\"x\":" + new string('[', 10_000)), TokenFailure.Malformed);
        yield return new("two thousand objects that stay open, in the payload", Forge.Claims(string.Concat(Enumerable.Repeat("{\"a\":", 2_000))), TokenFailure.Malformed);
        yield return new("brackets for a payload", Forge.Claims(new string('[', 10_000)), TokenFailure.Malformed);
        yield return InHeader("brackets alone", new string('[', 2_000));
        yield return new("a signature of eleven kilobytes", Forge.Claims(GoodClaims.Json) + new string('A', 14_000), TokenFailure.InvalidSignature);
    }

    private static IEnumerable<HostileToken> LargeTokens()
    {
        yield return new("one character too long", new string('A', 1024 * 1024 + 1), TokenFailure.TooLong);
        foreach (HostileToken token in Nested([DeepestArrays + 1, 10_000, 100_000]))
            yield return token;
        yield return InHeader("ten thousand members and one of them twice", Many(Forge.Rs256Header, 10_000)[..^1] + ",\"m0\":0}");
        yield return InHeader("two hundred members and one of them twice", Many(Forge.Rs256Header, 200)[..^1] + ",\"m0\":0}");
        yield return new("ten thousand members and one of them twice, in the payload", Forge.Claims(Many(GoodClaims.Json, 10_000)[..^1] + ",\"m0\":0}"), TokenFailure.Malformed);
        yield return new("ten thousand members without a subject", Forge.Claims(Many(GoodClaims.Without("sub"), 10_000)), TokenFailure.Malformed);
        yield return new("a subject of half a megabyte and a lone surrogate", Forge.Claims(GoodClaims.With("sub", $"\"{new string('s', 500_000)}\\ud800\"")), TokenFailure.Malformed);
        yield return new("a level of half a million digits", Forge.Claims(GoodClaims.With("level", $"\"{new string('9', 500_000)}\"")), TokenFailure.Malformed);
        yield return new("an expiry of half a million digits", Forge.Claims(GoodClaims.With("exp", new string('9', 500_000))), TokenFailure.Malformed);
        yield return new("a hundred thousand scopes and a number", Forge.Claims(GoodClaims.With("scopes", $"[{string.Concat(Enumerable.Repeat("\"s\",", 100_000))}1]")), TokenFailure.Malformed);
        yield return new("a payload of blanks", Forge.Claims(new string(' ', 700_000)), TokenFailure.Malformed);
        yield return new("half a million dots", new string('.', 500_000), TokenFailure.Malformed);
        yield return new("a signature of half a megabyte", Forge.Claims(GoodClaims.Json) + new string('A', 700_000), TokenFailure.InvalidSignature);
    }

    private static IEnumerable<HostileToken> Nested(int[] depths)
    {
        foreach (int depth in depths)
        {
            yield return InHeader($"{depth} arrays", $$"""{"alg":"RS256","x":{{Arrays(depth)}}}""");
            yield return new($"{depth} arrays in the payload", Forge.Claims(GoodClaims.With("x", Arrays(depth))), TokenFailure.Malformed);
            yield return InHeader($"{depth} objects", $$"""{"alg":"RS256","x":{{Objects(depth)}}}""");
            yield return new($"{depth} objects in the payload", Forge.Claims(GoodClaims.With("x", Objects(depth))), TokenFailure.Malformed);
            yield return new($"{depth} arrays for scopes", Forge.Claims(GoodClaims.With("scopes", Arrays(depth))), TokenFailure.Malformed);
        }
    }

    /// <summary>A header may have 4096 characters. A longer one is refused without being decoded.</summary>
    private static HostileToken InHeader(string name, string header)
    {
        string token = Forge.Sign(header, GoodClaims.Json);
        bool isTooLong = token.IndexOf('.', StringComparison.Ordinal) > 4096;
        return new HostileToken($"{name}, in the header", token, isTooLong ? TokenFailure.TooLong : TokenFailure.Malformed);
    }

    private static string Arrays(int depth) => new string('[', depth) + new string(']', depth);

    private static string Objects(int depth) => string.Concat(Enumerable.Repeat("{\"\":", depth - 1)) + "{}" + new string('}', depth - 1);

    private static string Many(string json, int members)
    {
        var text = new StringBuilder(json[..^1]);
        for (int i = 0; i < members; i++)
            text.Append(CultureInfo.InvariantCulture, $",\"m{i}\":{i}");
        return text.Append('}').ToString();
    }

    /// <summary>A good token of an exact length. Base64url writes three bytes as four characters, so blanks in the header make up the difference.</summary>
    private static string OfLength(int length)
    {
        for (string header = Forge.Rs256Header; ; header += " ")
        {
            int payload = length - Forge.Encode(header).Length - 2 - 342;
            if (payload % 4 != 1)
                return Forge.Sign(header, GoodClaims.Json.PadRight(payload * 3 / 4));
        }
    }
}
