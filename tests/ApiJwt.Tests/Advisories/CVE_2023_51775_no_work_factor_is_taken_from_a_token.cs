namespace Hudya.Tests.Advisories;

/// <summary>jose4j below 0.9.4: a token decided how many rounds of key derivation its verifier ran.</summary>
public class CVE_2023_51775_no_work_factor_is_taken_from_a_token
{
    [Theory]
    [InlineData("2147483647"), InlineData("9223372036854775807")]
    public void A_token_that_asks_for_key_derivation_is_refused(string iterations)
    {
        string header = $$"""{"alg":"PBES2-HS256+A128KW","enc":"A128CBC-HS256","p2s":"AAAAAAAAAAA","p2c":{{iterations}}}""";
        var service = new PlainJwt(TestKeys.Verifying);

        service.Decode(Forge.Encode(header) + ".AAAA.AAAA.AAAA.AAAA").Failure.Should().Be(TokenFailure.Malformed);
        service.Decode(Forge.Sign(header, Forge.GoodPayload)).Failure.Should().Be(TokenFailure.UnsupportedAlgorithm);
    }
}
