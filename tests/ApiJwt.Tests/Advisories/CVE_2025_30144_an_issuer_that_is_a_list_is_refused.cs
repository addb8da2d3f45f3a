namespace Hudya.Tests.Advisories;

/// <summary>fast-jwt below 5.0.6: an <c>iss</c> array was accepted if one of its elements was the expected issuer.</summary>
public class CVE_2025_30144_an_issuer_that_is_a_list_is_refused
{
    [Theory]
    [InlineData("[\"https://attacker.example\",\"auth_user\"]"), InlineData("[\"auth_user\"]"), InlineData("[]")]
    public void A_list_of_issuers_that_contains_ours_is_refused(string issuer) =>
        new PlainJwt(TestKeys.Verifying).Decode(Reading.TokenWith($"\"iss\":{issuer}")).Failure.Should().Be(TokenFailure.Malformed);
}
