using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_request_can_name_an_audience
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "orders", "orders")]
    [InlineData("bills", null, "bills")]
    [InlineData("bills", "orders", "orders")]
    public void In_place_of_that_of_the_settings(string? ofSettings, string? asked, string? written)
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.Audience = ofSettings;

        Wire.TextOf(new PlainJwt(options).Encode(For(asked)), "aud").Should().Be(written);
    }

    [Theory]
    [InlineData("orders", true)]
    [InlineData("bills", true)]
    [InlineData("Orders", false)]
    [InlineData("orders,bills", false)]
    [InlineData("other", false)]
    public void Among_those_that_the_policy_allows(string asked, bool isAllowed)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowAudiences("orders");
            policy.AllowAudiences("bills");
        });

        if (isAllowed)
        {
            Wire.TextOf(jwt.Encode(For(asked)), "aud").Should().Be(asked);
            return;
        }

        PolicyViolationException violation = Refusal.Of(jwt, For(asked));
        violation.Claim.Should().Be("aud");
        violation.Value.Should().Be(asked);
        violation.AllowedValues.Should().Equal("orders", "bills");
        violation.Message.Should().Contain("Policy.AllowAudiences");
    }

    [Fact]
    public void And_that_of_the_settings_is_written_whatever_the_policy_allows()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.Audience = "settings";

        Wire.TextOf(new PlainJwt(options, policy => policy.AllowAudiences("orders")).Encode(For(null)), "aud").Should().Be("settings");
    }

    /// <summary>No service can accept one.</summary>
    [Fact]
    public void But_not_an_empty_one()
    {
        Refusal.Of(new PlainJwt(TestKeys.Issuing), For("")).Should().Match<PolicyViolationException>(violation => violation.Claim == "aud" && violation.Message.Contains("TokenRequest.Audience", StringComparison.Ordinal));
        foreach (string half in HalfCharacters.Texts)
            Refusal.Of(new PlainJwt(TestKeys.Issuing), For(half)).Claim.Should().Be("aud");
    }

    [Fact]
    public void And_the_policy_names_at_least_one() => Refusal.Of(policy => policy.AllowAudiences()).Should().Contain("'aud' is empty");

    private static TokenRequest For(string? audience) => new() { Subject = "ann", Audience = audience };
}
