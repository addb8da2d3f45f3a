using Hudya.Tests.Support;

namespace Hudya.Tests.Advisories;

/// <summary>python-jwt below 3.3.4: the signature was checked in one reading of the token, and the claims were taken from another.</summary>
public class CVE_2022_39227_one_token_is_never_two
{
    [Fact]
    public void JSON_to_one_reader_and_compact_to_another()
    {
        string[] good = Forge.Claims(Forge.GoodPayload).Split('.');
        string forged = Forge.Encode(Forge.GoodPayload.Replace("ann", "root", StringComparison.Ordinal));
        string polyglot = $$"""{"  {{good[0]}}.{{forged}}.":"","protected":"{{good[0]}}","payload":"{{good[1]}}","signature":"{{good[2]}}"}""";

        new PlainJwt(TestKeys.Verifying).Decode(polyglot).Failure.Should().Be(TokenFailure.Malformed);
    }
}
