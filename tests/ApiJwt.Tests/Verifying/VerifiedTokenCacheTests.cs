using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

/// <summary>Alone in the process: a trace that another test listens to is an allocation.</summary>
[Collection(nameof(WholeProcess))]
public sealed class VerifiedTokenCacheTests : IDisposable
{
    private static readonly DateTimeOffset Moment = DateTimeOffset.FromUnixTimeSeconds(Clock.Start);

    private readonly CacheHits _hits = new();

    [Theory]
    [InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public void A_token_that_is_known_costs_no_allocation_whether_it_is_counted_or_compared_with_withdrawals(bool isCounted, bool hasWithdrawals)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, VerifiedTokenCacheSize = 100, MeterFactory = isCounted ? _hits : null }, policy =>
        {
            policy.WriteIssuedAt();
            policy.WriteTokenId();
        });
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        if (hasWithdrawals)
        {
            jwt.Revocations.AddSource("store", TimeSpan.FromMinutes(1)).Load([Revocation.OfToken("other", DateTimeOffset.MaxValue)]);
            jwt.Revocations.RevokeSubject("ann", Moment);
            jwt.Revocations.RevokeAll(Moment);
        }

        for (int i = 0; i < 100; i++)
            jwt.Decode(token).IsValid.Should().BeTrue();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            jwt.Decode(token);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    public void Dispose() => _hits.Dispose();
}
