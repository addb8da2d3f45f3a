using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class An_audience_that_is_configured_is_required
{
    [Theory]
    [InlineData("\"aud\":\"aud\"", TokenFailure.None)]
    [InlineData("\"aud\":[\"aud\"]", TokenFailure.None)]
    [InlineData("\"aud\":[\"other\",\"aud\"]", TokenFailure.None)]
    [InlineData("\"aud\":\"other\"", TokenFailure.InvalidAudience)]
    [InlineData("\"aud\":\"AUD\"", TokenFailure.InvalidAudience)]
    [InlineData("\"aud\":\"aud,other\"", TokenFailure.InvalidAudience)]
    [InlineData("\"aud\":[\"other\"]", TokenFailure.InvalidAudience)]
    [InlineData("\"aud\":[]", TokenFailure.InvalidAudience)]
    [InlineData("\"aud\":\"\"", TokenFailure.InvalidAudience)]
    [InlineData("\"aud\":null", TokenFailure.InvalidAudience)]
    [InlineData("\"jti\":\"aud\"", TokenFailure.InvalidAudience)]
    public void In_every_token(string members, TokenFailure expected)
    {
        ServiceFor("aud").Decode(Reading.TokenWith(members)).Failure.Should().Be(expected);
    }

    [Fact]
    public void Which_is_a_text_and_never_a_number()
    {
        ServiceFor("5").Decode(Reading.TokenWith("\"aud\":5")).Failure.Should().Be(TokenFailure.InvalidAudience);
    }

    [Theory]
    [InlineData("\"aud\":\"aud\"", TokenFailure.InvalidAudience)]
    [InlineData("\"aud\":[]", TokenFailure.InvalidAudience)]
    [InlineData("\"jti\":\"aud\"", TokenFailure.None)]
    public void Where_none_is_configured_a_token_for_another_service_is_refused(string members, TokenFailure expected)
    {
        ServiceFor(null).Decode(Reading.TokenWith(members)).Failure.Should().Be(expected);
    }

    [Fact]
    public void In_its_own_tokens_it_is_there()
    {
        PlainJwt service = ServiceFor("aud");

        service.Decode(service.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
    }

    private static PlainJwt ServiceFor(string? audience)
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.Audience = audience;
        return new PlainJwt(options);
    }
}
