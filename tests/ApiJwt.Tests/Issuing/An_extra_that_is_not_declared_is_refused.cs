using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class An_extra_that_is_not_declared_is_refused
{
    [Theory]
    [InlineData("city")]
    [InlineData("Team")]
    [InlineData("")]
    public void With_the_declared_ones_to_choose_from(string name)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Text("team")));

        PolicyViolationException violation = Refusal.Of(jwt, Request(name, "x"));

        (violation.Claim, violation.Key).Should().Be((name, "user"));
        violation.AllowedValues.Should().Equal("team");
        violation.Message.Should().Contain($"'{name}'").And.Contain("Declared: team").And.Contain("Policy.AllowExtra");
    }

    [Theory]
    [InlineData("scopes", "TokenRequest.Scopes")]
    [InlineData("scope", "Policy.WriteScopesAs")]
    [InlineData("sub", "TokenRequest.Subject")]
    [InlineData("iss", "TokenRequest.Key")]
    [InlineData("exp", "TokenRequest.TimeToLive")]
    [InlineData("aud", "TokenRequest.Audience")]
    [InlineData("iat", "Policy.WriteIssuedAt")]
    [InlineData("jti", "Policy.WriteTokenId")]
    [InlineData("nbf", "does not write it")]
    [InlineData("cnf", "does not write it")]
    [InlineData("Level", "TokenRequest.Level")]
    [InlineData("factor", "TokenRequest.Factor")]
    [InlineData("target", "TokenRequest.Target")]
    [InlineData("dnt", "TokenRequest.DoNotTrack")]
    public void Or_what_to_set_instead_where_the_name_is_the_librarys_own(string name, string instead)
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), Request(name, "x"));

        (violation.Claim, violation.Key).Should().Be((name, "user"));
        violation.Message.Should().Contain($"'{name}' is not an extra").And.Contain(instead);
    }

    [Fact]
    public void Where_there_is_none_the_message_says_so()
    {
        Refusal.Of(new PlainJwt(TestKeys.Issuing), Request("city", "Oslo")).Message.Should().Contain("Declared: none");
    }

    [Fact]
    public void Even_without_a_value()
    {
        Refusal.Of(new PlainJwt(TestKeys.Issuing), Request("city", default)).Claim.Should().Be("city");
    }

    private static TokenRequest Request(string name, ClaimValue value) =>
        new() { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { [name] = value } };
}
