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
    [InlineData("scopes")]
    [InlineData("sub")]
    [InlineData("exp")]
    [InlineData("aud")]
    [InlineData("iat")]
    [InlineData("Level")]
    public void Or_a_word_that_it_is_none_where_the_name_is_the_librarys_own(string name)
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), Request(name, "x"));

        (violation.Claim, violation.Key).Should().Be((name, "user"));
        violation.Message.Should().Contain($"'{name}' is not an extra").And.Contain("TokenRequest");
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
