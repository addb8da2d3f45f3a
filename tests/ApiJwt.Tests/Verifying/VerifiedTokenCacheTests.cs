using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

/// <summary>No other test may run at the same time, because a trace that it listens to allocates memory.</summary>
[Collection(nameof(WholeProcess))]
public sealed class VerifiedTokenCacheTests : IDisposable
{
    private static readonly DateTimeOffset Moment = DateTimeOffset.FromUnixTimeSeconds(Clock.Start);

    private readonly CacheHits _hits = new();

    [Theory]
    [InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public void Decoding_a_cached_token_allocates_nothing_with_metrics_or_revocations(bool isCounted, bool hasRevocations)
    {
        PlainJwt jwt = DatedJwt.With(
            new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, VerifiedTokenCacheSize = 100, MeterFactory = isCounted ? _hits : null });
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        if (hasRevocations)
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
