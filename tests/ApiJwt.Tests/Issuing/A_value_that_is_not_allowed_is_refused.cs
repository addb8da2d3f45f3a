using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_value_that_is_not_allowed_is_refused
{
    private static readonly PlainJwt Jwt = new(TestKeys.Issuing, policy =>
    {
        policy.AllowLevels(0, 3.1);
        policy.AllowFactors("otp", "");
        policy.AllowTargets("bob");
        policy.AllowDoNotTrack(DoNotTrack.Normal);
        policy.AllowExtra(Extra.Text("team", allowed: ["red", "blue"]));
        policy.AllowExtra(Extra.Integer("age", allowed: [18, 21]));
        policy.AllowExtra(Extra.Number("limit", allowed: [0.5, 1]));
        policy.AllowExtra(Extra.TextList("groups", allowed: ["a", "b"]));
    });

    [Theory]
    [InlineData(3.1000000000000001)]
    [InlineData(0)]
    public void An_allowed_level_is_issued(double level)
    {
        Jwt.Decode(Jwt.Encode(new TokenRequest { Subject = "ann", Level = level })).Payload!.Level.Should().Be(level);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(3.1000000000000005)]
    [InlineData(double.Epsilon)]
    public void A_level(double level)
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Level = level }).Claim.Should().Be("level");
    }

    [Theory]
    [InlineData("OTP")]
    [InlineData("otp ")]
    [InlineData("password")]
    public void A_factor(string factor)
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Factor = factor }).Claim.Should().Be("factor");
    }

    [Theory]
    [InlineData("")]
    [InlineData("eve")]
    public void A_target(string target)
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Target = target }).Claim.Should().Be("target");
    }

    [Fact]
    public void A_do_not_track_choice()
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", DoNotTrack = DoNotTrack.TestUser }).Claim.Should().Be("dnt");
    }

    [Fact]
    public void An_allowed_extra_is_issued()
    {
        string token = Jwt.Encode(new TokenRequest
        {
            Subject = "ann",
            Extras = new Dictionary<string, ClaimValue> { ["team"] = "blue", ["age"] = 21, ["limit"] = 1, ["groups"] = ClaimValue.From(["b", "a"]) },
        });

        (Wire.TextOf(token, "team"), Wire.TextOf(token, "age"), Wire.TextOf(token, "limit"), Wire.TextOf(token, "groups"))
            .Should().Be(("blue", "21", "1.0", "b,a"));
    }

    [Fact]
    public void An_extra_of_any_kind()
    {
        Refused("team", "green").Should().Be("green");
        Refused("age", 20).Should().Be("20");
        Refused("limit", 0.7).Should().Be("0.7");
        Refused("groups", ClaimValue.From(["a", "c"])).Should().Be("c");
    }

    private static string? Refused(string extra, ClaimValue value)
    {
        PolicyViolationException violation = Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { [extra] = value } });
        violation.Claim.Should().Be(extra);
        return violation.Value;
    }
}
