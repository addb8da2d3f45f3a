using Hudya.Tests.Support;

namespace Hudya.Tests.Advisories;

/// <summary>fast-jwt with a cache key of the caller's making: two tokens got one key, and the second was answered with the claims of the first.</summary>
public class GHSA_rp9m_7r4c_75qg_the_cache_returns_no_other_tokens_claims
{
    [Fact]
    public void Though_they_differ_in_one_claim_only()
    {
        var service = new PlainJwt(TestKeys.Verifying);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 100; i++)
            {
                string token = Forge.Claims($$"""{"sub":"subject-{{i}}","exp":4102444800}""");
                service.Decode(token).Payload!.Subject.Should().Be($"subject-{i}");
            }
        }
    }
}
