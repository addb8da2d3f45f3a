using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>The expected objects are what <c>api_jwt</c> 1.2.2 encodes for the same input.</summary>
public class The_payload_is_the_JSON_object_of_the_Python_library
{
    [Fact]
    public void With_everything_asked_for()
    {
        string token = new HudyaJwt(Clock.Issuing(Clock.Standing())).Encode(new TokenRequest
        {
            Subject = "user@domain.com",
            Key = "support",
            Level = 3.1,
            Factor = "yubikey",
            Target = "other@domain.com",
            Scopes = ["support:mobile", "support:power"],
            DoNotTrack = DoNotTrack.NotAnonymous,
            TimeToLive = TimeSpan.FromMinutes(5),
        });

        Wire.ShouldCarry(token, """
            {"iss":"auth_support","sub":"user@domain.com","exp":1767323345,"level":"3.1","factor":"yubikey",
             "target":"other@domain.com","dnt":"2","scopes":"support:mobile,support:power"}
            """);
    }

    [Fact]
    public void With_nothing_asked_for_the_defaults_are_sent_even_when_empty()
    {
        string token = new PlainJwt(Clock.Issuing(Clock.Standing())).Encode(new TokenRequest { Subject = "ann" });

        Wire.ShouldCarry(token, """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":""}
            """);
    }

    [Fact]
    public void With_extras_of_every_kind()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()), policy =>
        {
            policy.AllowExtra(Extra.Text("team"));
            policy.AllowExtra(Extra.Integer("age"));
            policy.AllowExtra(Extra.Number("limit"));
            policy.AllowExtra(Extra.TextList("groups"));
            policy.AllowExtra(Extra.Text("city", "Oslo"));
            policy.AllowExtra(Extra.Integer("visits", 0));
            policy.AllowExtra(Extra.Number("rate", 0.5));
            policy.AllowExtra(Extra.TextList("tags", []));
        });

        string token = jwt.Encode(new TokenRequest
        {
            Subject = "ann",
            Extras = new Dictionary<string, ClaimValue> { ["team"] = "red", ["age"] = 42, ["limit"] = 99.5, ["groups"] = ClaimValue.From(["a", "b"]) },
        });

        Wire.ShouldCarry(token, """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":"",
             "team":"red","age":"42","limit":"99.5","groups":"a,b","city":"Oslo","visits":"0","rate":"0.5","tags":""}
            """);
    }

    [Fact]
    public void With_a_subject_outside_of_ASCII()
    {
        string token = new PlainJwt(Clock.Issuing(Clock.Standing())).Encode(new TokenRequest { Subject = "Åse \"日本\" 😀\\" });

        Wire.ShouldCarry(token, """
            {"iss":"auth_user","sub":"\u00c5se \"\u65e5\u672c\" \ud83d\ude00\\","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":""}
            """);
    }

    [Theory]
    [InlineData("iat")]
    [InlineData("nbf")]
    [InlineData("jti")]
    [InlineData("aud")]
    public void Without_claims_that_it_does_not_write(string claim)
    {
        string token = new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann" });

        Wire.ClaimsOf(token).ContainsKey(claim).Should().BeFalse();
    }
}
