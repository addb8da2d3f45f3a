namespace Hudya.Tests.Attacks;

/// <summary>Two conditions are tested: the token is bound to a key of its sender, and the token is older than the service accepts.</summary>
public class A_token_with_a_condition_is_held_to_it
{
    private static readonly string[] Confirmations =
    [
        "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}", "{\"x5t#S256\":\"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\"}", "{\"kid\":\"key-of-the-sender\"}", "{\"jwk\":{\"kty\":\"EC\"}}", "{\"jwe\":\"x\"}", "{\"jku\":\"http://127.0.0.1:1/\"}",
        "{}", "[]", "null", "true", "false", "0", "\"\"", "\"none\"", "[{}]",
    ];

    private static readonly string[] NotTimes = ["null", "\"1767225600\"", "\"now\"", "[1767225600]", "{}", "true", "1e999", "-1e999", "-1e300", "-1e19", "253402300800", "9223372036854775808"];

    public static HostileFamily Bound { get; } = new("bound tokens", BoundTokens());

    public static HostileFamily Aged { get; } = new("aged tokens", AgedTokens(), options => options.MaxAge = TimeSpan.FromHours(1));

    [Theory]
    [MemberData(nameof(Bound))]
    public void A_token_that_is_bound_to_a_key_of_its_sender_is_refused(string name) => Bound.ShouldRefuse(name);

    [Theory]
    [MemberData(nameof(Aged))]
    public void A_token_that_is_too_old_or_has_no_valid_time_of_issue_is_refused(string name) => Aged.ShouldRefuse(name);

    [Theory]
    [InlineData(0), InlineData(3600)]
    public void A_token_that_is_young_enough_is_accepted(int age) =>
        Aged.Service().Decode(Forge.Claims(GoodClaims.With("iat", $"{HostileFamily.Now - age}"))).IsValid.Should().BeTrue();

    private static IEnumerable<HostileToken> BoundTokens()
    {
        foreach (string confirmation in Confirmations)
        {
            yield return new($"cnf {confirmation}", Forge.Claims(GoodClaims.With("cnf", confirmation)), TokenFailure.SenderConstrained);
            yield return new($"escaped cnf {confirmation}", Forge.Claims(GoodClaims.With("c\\u006ef", confirmation)), TokenFailure.SenderConstrained);
        }

        // The binding is checked before the expiry.
        yield return new("cnf of a token that has expired", Forge.Claims("""{"sub":"ann","exp":1,"cnf":{}}"""), TokenFailure.SenderConstrained);
        yield return new("cnf twice", Forge.Claims(GoodClaims.Plus("\"cnf\":{},\"cnf\":{}")), TokenFailure.Malformed);
    }

    private static IEnumerable<HostileToken> AgedTokens()
    {
        yield return new("no iat", Forge.Claims(GoodClaims.Json), TokenFailure.TooOld);
        yield return new("Iat", Forge.Claims(GoodClaims.With("Iat", $"{HostileFamily.Now}")), TokenFailure.TooOld);
        yield return new("iat in the header only", Forge.Sign($$"""{"alg":"RS256","iat":{{HostileFamily.Now}}}""", GoodClaims.Json), TokenFailure.TooOld);
        yield return new("auth_time in its place", Forge.Claims(GoodClaims.With("auth_time", $"{HostileFamily.Now}")), TokenFailure.TooOld);
        foreach (string old in (string[])[$"{HostileFamily.Now - 3601}", $"{HostileFamily.Now - 3601}.9", "0", "-1", "-0", "1", "-62135596800", "-99999999999999", "-9e18", "1e-300"])
            yield return new($"iat {old}", Forge.Claims(GoodClaims.With("iat", old)), TokenFailure.TooOld);
        foreach (string future in (string[])[$"{HostileFamily.Now + 1}", $"{HostileFamily.Now + 1}.5", "4102444799", "253402300799", "2e9", "253402300798.9"])
            yield return new($"iat {future}", Forge.Claims(GoodClaims.With("iat", future)), TokenFailure.NotYetValid);
        foreach (string json in NotTimes)
            yield return new($"iat as JSON {json}", Forge.Claims(GoodClaims.With("iat", json)), TokenFailure.Malformed);
    }
}
