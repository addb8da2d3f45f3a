using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class A_token_may_have_an_id_and_a_time_of_issue
{
    [Theory]
    [InlineData("\"jti\":\"f81d4fae\"", "f81d4fae")]
    [InlineData("\"jti\":\"\"", null)]
    [InlineData("\"level\":\"1.0\"", null)]
    [InlineData("\"JTI\":\"f81d4fae\"", null)]
    public void An_id(string members, string? expected) => Reading.Of(members).TokenId.Should().Be(expected);

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[\"f81d4fae\"]")]
    public void An_id_is_a_text(string json) =>
        new PlainJwt(TestKeys.Verifying).Decode(Reading.TokenWith($"\"jti\":{json}")).Failure.Should().Be(TokenFailure.Malformed);

    [Theory]
    [InlineData("\"iat\":1767323045", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("\"iat\":1767323045.5", "2026-01-02T03:04:05.5000000+00:00")]
    [InlineData("\"iat\":0", "1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("\"level\":\"1.0\"", null)]
    public void A_time_in_UTC(string members, string? expected) => Reading.Of(members).IssuedAt?.ToString("O").Should().Be(expected);

    [Fact]
    public void That_is_no_extra()
    {
        VerifiedPayload payload = Reading.Of("\"jti\":\"f81d4fae\",\"iat\":1767323045,\"nbf\":1767323045,\"team\":\"red\"");

        payload.Extras.Keys.Should().Equal("team");
        payload.GetText("jti").Should().Be("f81d4fae");
        payload.GetInteger("iat").Should().Be(1767323045);
    }
}
