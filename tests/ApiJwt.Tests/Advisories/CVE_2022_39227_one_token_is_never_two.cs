namespace Hudya.Tests.Advisories;

/// <summary>python-jwt below 3.3.4: it checked the signature of the JSON form and took the claims from the compact form.</summary>
public class CVE_2022_39227_one_token_is_never_two
{
    [Fact]
    public void A_text_that_can_be_read_as_JSON_and_as_a_compact_token_is_refused()
    {
        string[] good = Forge.Claims(Forge.GoodPayload).Split('.');
        string forged = Forge.Encode(Forge.GoodPayload.Replace("ann", "root", StringComparison.Ordinal));
        string polyglot = $$"""{"  {{good[0]}}.{{forged}}.":"","protected":"{{good[0]}}","payload":"{{good[1]}}","signature":"{{good[2]}}"}""";

        new PlainJwt(TestKeys.Verifying).Decode(polyglot).Failure.Should().Be(TokenFailure.Malformed);
    }
}
