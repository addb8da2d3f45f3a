using System.Text.Json;

namespace Hudya.Tests.Attacks;

/// <summary>Every token here is signed with a trusted key. The key of one issuer must not vouch for the name of another.</summary>
public class An_issuer_that_is_not_on_the_list_is_refused
{
    private static readonly string[] Issuers =
    [
        "", " ", "auth_admin", "Auth_User", "AUTH_USER", "auth_user ", " auth_user", "auth_user\0", "auth_user\n", "auth_user,auth_admin", "auth_user auth_admin", "auth", "auth_use", "auth_user2", "аuth_user", "auth＿user", "*", "auth_*",
        "https://auth.example/", "https://AUTH.example", "http://auth.example", "https://auth.example:443", "https://auth.example#", "https://auth.example?", "https://auth.example/x", "https://auth.example.evil.example", "https://evil.example/https://auth.example",
        "https://auth.example@evil.example", "https://auth%2eexample", "https://auth。example", "//auth.example", "auth.example",
    ];

    private static readonly string[] NoTexts =
    [
        "null", "true", "0", "[]", "{}", "[\"auth_user\"]", "[\"auth_user\",\"https://auth.example\"]", "[[\"auth_user\"]]", "{\"auth_user\":true}", "{\"iss\":\"auth_user\"}", "[\"other\",\"auth_user\"]", "\"auth_user\",\"iss\":\"auth_user\"",
        "\"\\ud800\"",
    ];

    public static HostileFamily Family { get; } = new("issuers", Tokens(), options =>
    {
        options.Issuers.Add("auth_user");
        options.Issuers.Add("https://auth.example");
    });

    [Theory]
    [MemberData(nameof(Family))]
    public void A_token_of_an_issuer_that_is_not_listed_is_refused(string name) => Family.ShouldRefuse(name);

    [Theory]
    [InlineData("\"auth_user\""), InlineData("\"https:\\/\\/auth.example\""), InlineData("\"auth\\u005fuser\"")]
    public void A_token_of_a_listed_issuer_is_accepted(string issuer) =>
        Family.Service().Decode(Forge.Claims(GoodClaims.With("iss", issuer))).IsValid.Should().BeTrue();

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach (string issuer in Issuers)
            yield return new($"iss {JsonSerializer.Serialize(issuer)}", Forge.Claims(GoodClaims.With("iss", JsonSerializer.Serialize(issuer))), TokenFailure.InvalidIssuer);
        foreach (string json in NoTexts)
            yield return new($"iss as JSON {json}", Forge.Claims(GoodClaims.With("iss", json)), TokenFailure.Malformed);
        yield return new("no iss", Forge.Claims(GoodClaims.Without("iss")), TokenFailure.InvalidIssuer);
        yield return new("Iss", Forge.Claims(GoodClaims.Without("iss")[..^1] + ",\"Iss\":\"auth_user\"}"), TokenFailure.InvalidIssuer);
        yield return new("issuer", Forge.Claims(GoodClaims.Without("iss")[..^1] + ",\"issuer\":\"auth_user\"}"), TokenFailure.InvalidIssuer);
        yield return new("iss in the header only", Forge.Sign("""{"alg":"RS256","iss":"auth_user"}""", GoodClaims.Without("iss")), TokenFailure.InvalidIssuer);
        yield return new("iss a level deeper", Forge.Claims(GoodClaims.Without("iss")[..^1] + ",\"act\":{\"iss\":\"auth_user\"}}"), TokenFailure.InvalidIssuer);
    }
}
