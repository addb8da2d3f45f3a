using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class The_key_is_known_by_its_issuer
{
    [Theory]
    [InlineData("auth_user", "user")]
    [InlineData("auth_admin", "admin")]
    [InlineData("auth_support", null)]
    [InlineData("Auth_User", null)]
    [InlineData("user", null)]
    [InlineData("", null)]
    public void Where_the_policy_has_it(string issuer, string? key)
    {
        VerifiedPayload payload = Reading.Of($"\"iss\":\"{issuer}\"");

        (payload.Issuer, payload.Key).Should().Be((issuer, key));
    }

    [Fact]
    public void Without_an_issuer_there_is_none()
    {
        VerifiedPayload payload = Reading.Of("\"level\":\"1.0\"");

        (payload.Issuer, payload.Key).Should().Be(("", null));
    }

    [Fact]
    public void By_each_service_with_its_own_policy()
    {
        string token = Reading.TokenWith("\"iss\":\"auth_support\"");

        new HudyaJwt(TestKeys.Verifying).Decode(token).Payload!.Key.Should().Be("support");
        new PlainJwt(TestKeys.Verifying).Decode(token).Payload!.Key.Should().BeNull();
    }

    [Fact]
    public void And_nothing_else_of_a_token_is_held_against_the_policy()
    {
        VerifiedPayload payload = Reading.Of("\"iss\":\"other\",\"level\":\"99.5\",\"factor\":\"magic\",\"scopes\":\"root\",\"extra\":\"x\"");

        (payload.Level, payload.Factor, payload.HasScope("root"), payload.GetText("extra")).Should().Be((99.5, "magic", true, "x"));
    }
}
