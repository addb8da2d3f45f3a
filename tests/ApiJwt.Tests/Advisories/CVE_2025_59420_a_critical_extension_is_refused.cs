namespace Hudya.Tests.Advisories;

/// <summary>Authlib below 1.6.4: critical extensions in the header were ignored.</summary>
public class CVE_2025_59420_a_critical_extension_is_refused
{
    [Theory]
    [InlineData("\"crit\":[\"cnf\"],\"cnf\":{\"jkt\":\"AAAA\"}"), InlineData("\"crit\":[\"bork\"],\"bork\":\"x\""), InlineData("\"crit\":[\"exp\"]")]
    public void A_token_with_any_critical_extension_is_refused(string members) =>
        new PlainJwt(TestKeys.Verifying).Decode(Forge.Sign($$"""{"alg":"RS256",{{members}}}""", Forge.GoodPayload)).Failure
            .Should().Be(TokenFailure.UnsupportedHeader);
}
