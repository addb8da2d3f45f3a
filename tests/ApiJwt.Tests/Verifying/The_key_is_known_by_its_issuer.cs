using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class The_key_is_known_by_its_issuer
{
    [Theory]
    [InlineData("auth_user", "user")]
    [InlineData("auth_admin", "admin")]
    [InlineData("auth_other", null)]
    [InlineData("Auth_User", null)]
    [InlineData("user", null)]
    [InlineData("", null)]
    public void Where_the_policy_has_it(string issuer, string? key)
    {
        VerifiedPayload payload = new HudyaJwt(TestKeys.Verifying).Decode(Reading.TokenWith($"\"iss\":\"{issuer}\"")).Payload!;

        (payload.Issuer, payload.Key).Should().Be((issuer, key));
    }

    [Fact]
    public void Without_an_issuer_there_is_none()
    {
        VerifiedPayload payload = Reading.Of("\"level\":\"1.0\"");

        (payload.Issuer, payload.Key).Should().Be(("", null));
    }

    /// <summary>A partner's token must not become our admin's by naming an issuer.</summary>
    [Theory]
    [InlineData("auth_user")]
    [InlineData("auth_admin")]
    [InlineData("auth_support")]
    public void A_class_without_a_policy_knows_no_key(string issuer)
    {
        Reading.Of($"\"iss\":\"{issuer}\"").Key.Should().BeNull();
    }

    [Fact]
    public void And_nothing_else_of_a_token_is_held_against_the_policy()
    {
        VerifiedPayload payload = Reading.Of("\"iss\":\"other\",\"level\":\"99.5\",\"factor\":\"magic\",\"scopes\":\"root\",\"extra\":\"x\"");

        (payload.Level, payload.Factor, payload.HasScope("root"), payload.GetText("extra")).Should().Be((99.5, "magic", true, "x"));
    }
}
