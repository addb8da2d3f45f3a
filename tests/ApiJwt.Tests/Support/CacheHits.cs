using System.Diagnostics.Metrics;

namespace Hudya.Tests.Support;

/// <summary>Counts the decodes of one service that found the token in its cache.</summary>
public sealed class CacheHits : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly Meter _meter;

    public CacheHits()
    {
        _meter = new Meter("ApiJwt", version: null, tags: null, scope: this);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this && instrument.Name == "apijwt.cache.hits")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Count += value);
        _listener.Start();
    }

    public long Count { get; private set; }

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }
}
