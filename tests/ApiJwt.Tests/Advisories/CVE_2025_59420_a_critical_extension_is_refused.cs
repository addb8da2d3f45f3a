using Hudya.Tests.Support;

namespace Hudya.Tests.Advisories;

/// <summary>Authlib below 1.6.4: extensions that the header called critical were passed over.</summary>
public class CVE_2025_59420_a_critical_extension_is_refused
{
    [Theory]
    [InlineData("\"crit\":[\"cnf\"],\"cnf\":{\"jkt\":\"AAAA\"}")]
    [InlineData("\"crit\":[\"bork\"],\"bork\":\"x\"")]
    [InlineData("\"crit\":[\"exp\"]")]
    public void Because_none_is_implemented(string members)
    {
        string token = Forge.Sign($$"""{"alg":"RS256",{{members}}}""", Forge.GoodPayload);

        new PlainJwt(TestKeys.Verifying).Decode(token).Failure.Should().Be(TokenFailure.UnsupportedHeader);
    }
}
