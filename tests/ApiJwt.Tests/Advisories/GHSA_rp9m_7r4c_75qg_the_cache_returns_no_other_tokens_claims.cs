namespace Hudya.Tests.Advisories;

/// <summary>fast-jwt with a custom cache key: two tokens could share a key, and the second then returned the claims of the first.</summary>
public class GHSA_rp9m_7r4c_75qg_the_cache_returns_no_other_tokens_claims
{
    [Fact]
    public void Tokens_that_differ_in_one_claim_keep_their_own_claims()
    {
        var service = new PlainJwt(TestKeys.Verifying);
        foreach (int i in Enumerable.Range(0, 300).Select(turn => turn % 100))
            service.Decode(Forge.Claims($$"""{"sub":"subject-{{i}}","exp":4102444800}""")).Payload!.Subject.Should().Be($"subject-{i}");
    }
}
