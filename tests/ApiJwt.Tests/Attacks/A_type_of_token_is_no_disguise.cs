using System.Text.Json;

namespace Hudya.Tests.Attacks;

/// <summary>RFC 8725, section 3.11: a token of one type must not be accepted as another. The service accepts two types beside its own.</summary>
public class A_type_of_token_is_no_disguise
{
    private static readonly string[] Types =
    [
        "", " ", "at", "jwt+at", "at+jwt ", " at+jwt", "at+jwt\0", "at+jwt\n", "at jwt", "at+jwt;v=1", "at+jwt,JWT", "at+jwt+jwt", "xat+jwt", "at+jw", "aｔ+jwt", "at＋jwt", "at%2Bjwt", "аt+jwt",
        "application/", "application", "application/at", "application/at+jwt/", "application/application/at+jwt", "application//at+jwt", "application /at+jwt", "application\\at+jwt", "text/at+jwt", "/at+jwt", "*/*", "application/*", "*",
        // Case-insensitive comparison can equate these letters with ASCII ones: long s, Kelvin sign, dotless i, dotted I.
        "\u017Fecevent+jwt", "sec\u017Feven+jwt", "\u212Ab+jwt", "appl\u0131cation/at+jwt", "APPL\u0130CATION/AT+JWT",
        "apijwt-revocations+jwt", "application/apijwt-revocations+jwt", "APIJWT-REVOCATIONS+JWT", "statuslist+jwt", "logout+jwt", "dpop+jwt", "id_token", "JWE", "JOSE",
    ];

    private static readonly string[] NoTexts = ["null", "true", "1", "[]", "[\"at+jwt\"]", "{}", "{\"at+jwt\":true}", "\"at+jwt\",\"typ\":\"JWT\""];

    public static HostileFamily Family { get; } = new("types", Tokens(), options =>
    {
        options.TokenType = "at+jwt";
        options.AcceptedTokenTypes.Add("secevent+jwt");
        options.AcceptedTokenTypes.Add("kb+jwt");
    });

    [Theory]
    [MemberData(nameof(Family))]
    public void A_token_of_another_type_is_refused(string name) => Family.ShouldRefuse(name);

    [Theory]
    [InlineData("at+jwt"), InlineData("Application/AT+JWT"), InlineData("at\\u002bjwt"), InlineData("SECEVENT+jwt"), InlineData("application/kb+jwt")]
    public void A_token_of_an_accepted_type_is_accepted(string type) =>
        Family.Service().Decode(Forge.Sign($$"""{"alg":"RS256","typ":"{{type}}"}""", GoodClaims.Json)).IsValid.Should().BeTrue();

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach (string type in Types)
            yield return new($"typ {JsonSerializer.Serialize(type)}", Forge.Sign($$"""{"alg":"RS256","typ":{{JsonSerializer.Serialize(type)}}}""", GoodClaims.Json), TokenFailure.UnsupportedHeader);
        foreach (string json in NoTexts)
        {
            TokenFailure failure = json.Contains("typ", StringComparison.Ordinal) ? TokenFailure.Malformed : TokenFailure.UnsupportedHeader;
            yield return new($"typ as JSON {json}", Forge.Sign($$"""{"alg":"RS256","typ":{{json}}}""", GoodClaims.Json), failure);
        }

        yield return new("typ JWT", Forge.Sign(Forge.Rs256Header, GoodClaims.Json), TokenFailure.UnsupportedHeader);
        yield return new("no typ, which counts as JWT", Forge.Sign("""{"alg":"RS256"}""", GoodClaims.Json), TokenFailure.UnsupportedHeader);
        yield return new("Typ", Forge.Sign("""{"alg":"RS256","Typ":"at+jwt"}""", GoodClaims.Json), TokenFailure.UnsupportedHeader);
        yield return new("typ in the payload", Forge.Sign("""{"alg":"RS256"}""", GoodClaims.With("typ", "\"at+jwt\"")), TokenFailure.UnsupportedHeader);
        yield return new("typ a level deeper", Forge.Sign("""{"alg":"RS256","x":{"typ":"at+jwt"}}""", GoodClaims.Json), TokenFailure.UnsupportedHeader);
        yield return new("cty in its place", Forge.Sign("""{"alg":"RS256","cty":"at+jwt"}""", GoodClaims.Json), TokenFailure.UnsupportedHeader);
    }
}
