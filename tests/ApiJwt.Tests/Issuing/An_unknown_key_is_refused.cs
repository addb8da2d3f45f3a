using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class An_unknown_key_is_refused
{
    [Theory]
    [InlineData("root")]
    [InlineData("")]
    [InlineData("User")]
    [InlineData("user ")]
    [InlineData("auth_user")]
    public void With_the_keys_to_choose_from(string key)
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = "ann", Key = key });

        (violation.Claim, violation.Value, violation.Key).Should().Be(("iss", key, key));
        violation.AllowedValues.Should().BeEquivalentTo("user", "admin");
        violation.Message.Should().Contain($"'{key}'").And.Contain("user, admin").And.Contain("TokenRequest.Key").And.Contain("AllowKey");
    }

    [Fact]
    public void And_so_is_none_where_there_is_no_key_for_users()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("support", "auth_support", []));

        PolicyViolationException violation = Refusal.Of(jwt, new TokenRequest { Subject = "ann" });

        (violation.Claim, violation.Value, violation.Key).Should().Be(("iss", null, null));
        violation.AllowedValues.Should().Equal("support");
        violation.Message.Should().Contain("names no key").And.Contain("support").And.Contain("TokenRequest.Key");
    }
}
