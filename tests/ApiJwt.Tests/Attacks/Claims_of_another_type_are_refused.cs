using System.Text.Json;

namespace Hudya.Tests.Attacks;

/// <summary>A claim of the wrong JSON type makes the token malformed. It never counts as missing.</summary>
public class Claims_of_another_type_are_refused
{
    private static readonly string[] NotStrings = ["null", "true", "false", "0", "1", "-1", "1.5", "[]", "[\"auth_user\"]", "[\"a\",\"b\"]", "{}", "{\"auth_user\":true}", "[[\"auth_user\"]]"];

    private static readonly string[] NotTimes =
    [
        "null", "true", "false", "\"\"", "\"4102444800\"", "\"never\"", "\"2100-01-01T00:00:00Z\"", "[]", "[4102444800]", "{}", "{\"$date\":4102444800}",
        "253402300800", "253402300799.5", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e30", "1e308", "1e309", "1e400", "1E+999", "-1e400",
        "4102444800000", "4102444800000000000",
    ];

    // As an expiry, these times make the token expired rather than malformed.
    private static readonly string[] TooLongAgo = ["-1e19", "-1e300", "-9223372036854775809000"];

    private static readonly string[] NotLevels =
    [
        "null", "true", "false", "[]", "[\"2.0\"]", "{}", "-1", "-0", "-0.0", "-1e-300", "1e999", "1e309",
        "\"\"", "\" \"", "\"nan\"", "\"NaN\"", "\"-nan\"", "\"inf\"", "\"Infinity\"", "\"-Infinity\"", "\"+Infinity\"", "\"∞\"", "\"1e999\"", "\"1e1\"", "\"1E1\"", "\"-1\"", "\"-0\"", "\"−1\"",
        "\"+1\"", "\" 3.1\"", "\"3.1 \"", "\"3.1\\n\"", "\"3.1\\u0000\"", "\"\\u00a03.1\"", "\"3,1\"", "\"3.1,0\"", "\"1,000\"", "\"1.000.000\"", "\"3..1\"", "\"3.1.0\"", "\".5\"", "\"5.\"", "\".\"",
        "\"0x3\"", "\"3f\"", "\"3d\"", "\"3L\"", "\"3%\"", "\"$3\"", "\"(3)\"", "\"3_0\"", "\"3 1\"", "\"three\"", "\"٣.١\"", "\"３\"", "\"३\"", "\"²\"", "\"½\"", "\"Ⅲ\"", "\"1٣1\"", "\"true\"", "\"null\"",
    ];

    private static readonly string[] NotDoNotTrack =
    [
        "null", "true", "false", "[]", "[\"0\"]", "{}", "4", "-1", "-0", "0.0", "1.0", "1e0", "10", "256", "4294967296",
        "\"\"", "\"4\"", "\"-1\"", "\"00\"", "\"01\"", "\" 1\"", "\"1 \"", "\"1\\n\"", "\"1\\u0000\"", "\"1.0\"", "\"1,2\"", "\"+1\"", "\"0x1\"", "\"١\"", "\"１\"", "\"¹\"", "\"one\"", "\"true\"", "\"Normal\"", "\"TestUser\"",
    ];

    private static readonly string[] NotScopes =
    [
        "null", "true", "false", "0", "1", "{}", "{\"user:all\":true}", "[1]", "[null]", "[true]", "[\"user:all\",1]", "[\"user:all\",null]", "[[\"user:all\"]]", "[\"user:all\",[\"admin:all\"]]",
        "[{\"user:all\":true}]", "[\"user:all,admin:all\"]", "[\",\"]", "[\"user:all\",\"a,b\"]", "[\"user:all\",{}]",
    ];

    public static HostileFamily Family { get; } = new("claim types", Tokens());

    public static HostileFamily Audiences { get; } = new("audiences", OtherAudiences(), options => options.Audience = "hudya");

    [Theory]
    [MemberData(nameof(Family))]
    public void A_claim_of_the_wrong_type_is_refused(string name) => Family.ShouldRefuse(name);

    [Theory]
    [MemberData(nameof(Audiences))]
    public void A_token_for_another_audience_is_refused(string name) => Audiences.ShouldRefuse(name);

    [Theory]
    [InlineData("\"hudya\""), InlineData("[\"hudya\"]"), InlineData("[\"other\",\"hudya\"]"), InlineData("\"h\\u0075dya\"")]
    public void A_token_for_our_audience_is_accepted(string audience) =>
        Audiences.Service().Decode(Forge.Claims(GoodClaims.With("aud", audience))).IsValid.Should().BeTrue();

    private static IEnumerable<HostileToken> Tokens()
    {
        IEnumerable<(string Claim, string Json)> cases =
        [
            .. NotStrings.SelectMany(json => ((string, string)[])[("iss", json), ("sub", json), ("factor", json), ("target", json)]),
            .. NotTimes.SelectMany(json => ((string, string)[])[("exp", json), ("nbf", json), ("iat", json)]),
            .. TooLongAgo.SelectMany(json => ((string, string)[])[("nbf", json), ("iat", json)]),
            .. NotLevels.Select(json => ("level", json)),
            .. NotDoNotTrack.Select(json => ("dnt", json)),
            .. NotScopes.Select(json => ("scopes", json)),
            ("sub", "\"\""),
        ];
        foreach ((string claim, string json) in cases)
            yield return new($"{claim}: {json}", Forge.Claims(GoodClaims.With(claim, json)), TokenFailure.Malformed);

        foreach (string claim in (string[])["exp", "nbf", "iat"])
        {
            yield return new($"{claim}: a thousand digits", Forge.Claims(GoodClaims.With(claim, new string('9', 1000))), TokenFailure.Malformed);
            yield return new($"{claim}: a thousand digits of exponent", Forge.Claims(GoodClaims.With(claim, "1e" + new string('9', 1000))), TokenFailure.Malformed);
        }

        yield return new("level: a thousand digits", Forge.Claims(GoodClaims.With("level", $"\"{new string('9', 1000)}\"")), TokenFailure.Malformed);
        yield return new("level: a thousand digits, not quoted", Forge.Claims(GoodClaims.With("level", new string('9', 1000))), TokenFailure.Malformed);
        yield return new("sub is missing", Forge.Claims(GoodClaims.Without("sub")), TokenFailure.Malformed);
        yield return new("exp is missing", Forge.Claims(GoodClaims.Without("exp")), TokenFailure.Malformed);
        yield return new("no claim at all", Forge.Claims("{}"), TokenFailure.Malformed);
        yield return new("sub in other letters", Forge.Claims(GoodClaims.Without("sub")[..^1] + ",\"SUB\":\"ann\"}"), TokenFailure.Malformed);
        yield return new("sub under a blank", Forge.Claims(GoodClaims.Without("sub")[..^1] + ",\"sub \":\"ann\"}"), TokenFailure.Malformed);
        yield return new("sub under the name that .NET gives it", Forge.Claims(GoodClaims.Without("sub")[..^1] + ",\"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier\":\"ann\"}"), TokenFailure.Malformed);
        yield return new("exp in other letters", Forge.Claims(GoodClaims.Without("exp")[..^1] + ",\"Exp\":4102444800}"), TokenFailure.Malformed);
        yield return new("exp a level deeper", Forge.Claims(GoodClaims.Without("exp")[..^1] + ",\"claims\":{\"exp\":4102444800}}"), TokenFailure.Malformed);
        // Several faults in one payload still give one verdict.
        yield return new("every claim at once", Forge.Claims("""{"iss":1,"sub":2,"exp":"3","level":null,"factor":[],"target":{},"dnt":9,"scopes":0}"""), TokenFailure.Malformed);

        // A service without an audience refuses every token that has one (RFC 7519, section 4.1.3).
        foreach (string json in (string[])["\"hudya\"", "\"\"", "null", "true", "0", "[]", "[\"hudya\"]", "[null]", "{}"])
            yield return new($"aud: {json}", Forge.Claims(GoodClaims.With("aud", json)), TokenFailure.InvalidAudience);
    }

    private static IEnumerable<HostileToken> OtherAudiences()
    {
        string[] audiences =
        [
            "\"\"", "\"other\"", "\"Hudya\"", "\"HUDYA\"", "\"hudya \"", "\" hudya\"", "\"hudya\\u0000\"", "\"hudya,other\"", "\"hudya other\"", "\"hud\"", "\"hudya.example\"", "\"*\"", "\"hudyа\"", "\"ｈudya\"",
            "null", "true", "0", "{}", "{\"hudya\":true}", "[]", "[null]", "[\"other\"]", "[\"hudya\",1]", "[\"hudya\",null]", "[[\"hudya\"]]", "[\"hudya,other\"]", "[\"\"]",
        ];
        foreach (string json in audiences)
            yield return new($"aud: {json}", Forge.Claims(GoodClaims.With("aud", json)), TokenFailure.InvalidAudience);
        yield return new("no aud", Forge.Claims(GoodClaims.Json), TokenFailure.InvalidAudience);
        yield return new("Aud", Forge.Claims(GoodClaims.With("Aud", JsonSerializer.Serialize("hudya"))), TokenFailure.InvalidAudience);
        yield return new("aud in the header only", Forge.Sign("""{"alg":"RS256","aud":"hudya"}""", GoodClaims.Json), TokenFailure.InvalidAudience);
    }
}
