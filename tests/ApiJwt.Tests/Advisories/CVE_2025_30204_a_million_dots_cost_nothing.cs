namespace Hudya.Tests.Advisories;

/// <summary>golang-jwt below 4.5.2 and 5.2.2: a token was split at every dot before the dots were counted.</summary>
public class CVE_2025_30204_a_million_dots_cost_nothing
{
    [Fact]
    public void A_text_of_dots_is_refused_without_being_split()
    {
        var service = new PlainJwt(TestKeys.Verifying);
        string endless = new('.', 1_000_000);
        string looked = new('.', 16384);
        service.Decode(endless).Failure.Should().Be(TokenFailure.TooLong);
        service.Decode(looked).Failure.Should().Be(TokenFailure.Malformed);

        long before = GC.GetAllocatedBytesForCurrentThread();
        service.Decode(endless);
        service.Decode(looked);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4096);
    }
}
