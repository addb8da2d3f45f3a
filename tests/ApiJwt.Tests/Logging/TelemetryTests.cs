using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Hudya.Tests.Logging;

public sealed class TelemetryTests : IMeterFactory
{
    private readonly Meter _meter;
    private readonly MeterListener _listener = new();
    private readonly List<string> _seen = [];
    private readonly HudyaJwt _jwt;

    public TelemetryTests()
    {
        _meter = new Meter("ApiJwt", version: null, tags: null, scope: this);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _seen.Add($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}".TrimEnd()));
        _listener.Start();
        _jwt = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, MeterFactory = this, VerifiedTokenCacheSize = 100 });
    }

    [Fact]
    public void An_issued_token_counts_for_its_key()
    {
        _jwt.Encode(new TokenRequest { Subject = "ann", Key = "support" });
        _seen.Should().Equal("apijwt.tokens.issued 1 apijwt.key=support");
    }

    [Fact]
    public void A_decode_counts_by_its_outcome_and_a_second_decode_as_a_cache_hit()
    {
        string token = _jwt.Encode(new TokenRequest { Subject = "ann" });
        _seen.Clear();

        _jwt.Decode(token);
        _jwt.Decode(token);
        _jwt.Decode(token + "x");
        _jwt.Decode(null);

        _seen.Should().Equal(
            "apijwt.decodes 1 apijwt.outcome=valid",
            "apijwt.cache.hits 1",
            "apijwt.decodes 1 apijwt.outcome=valid",
            "apijwt.decodes 1 apijwt.outcome=malformed",
            "apijwt.decodes 1 apijwt.outcome=missing");
    }

    [Fact]
    public void Without_a_cache_there_are_no_hits()
    {
        var jwt = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, MeterFactory = this, VerifiedTokenCacheSize = 0 });
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        _seen.Clear();
        jwt.Decode(token);
        jwt.Decode(token);
        _seen.Should().Equal("apijwt.decodes 1 apijwt.outcome=valid", "apijwt.decodes 1 apijwt.outcome=valid");
    }

    [Fact]
    public void A_trace_shows_the_outcome_and_no_claim()
    {
        List<string> seen = [];
        using var parent = new Activity("test");
        parent.Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "ApiJwt",
            // Other tests run at the same time, and this listener ignores their traces.
            Sample = (ref ActivityCreationOptions<ActivityContext> asked) =>
                asked.Parent.TraceId == parent.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            // This listener also receives traces that another listener asked for.
            ActivityStopped = activity =>
            {
                if (activity.TraceId == parent.TraceId)
                    seen.Add($"{activity.OperationName} {string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}");
            },
        };
        ActivitySource.AddActivityListener(listener);

        _jwt.Decode(_jwt.Encode(new TokenRequest { Subject = "ann", Key = "support" }));

        seen.Should().Equal("ApiJwt.Encode apijwt.key=support", "ApiJwt.Decode apijwt.outcome=valid");
    }

    public Meter Create(MeterOptions options)
    {
        options.Name.Should().Be("ApiJwt");
        return _meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }
}
