using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Hudya.Tests.AspNetCore.Support;

namespace Hudya.Tests.AspNetCore;

public class A_service_counts_with_its_own_meters
{
    [Fact]
    public async Task Without_being_told_to()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(app => app.MapGet("/", () => "").RequireKey("support"));
        IMeterFactory factory = app.Services.GetRequiredService<IMeterFactory>();
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "ApiJwt" && instrument.Meter.Scope == factory)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            seen.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}".TrimEnd()));
        listener.Start();
        string token = GuardedApp.Issue();

        await app.GetAsync("/", token);
        await app.GetAsync("/", token);
        await app.GetAsync("/", token + "x");

        seen.Should().Equal("apijwt.decodes apijwt.outcome=valid", "apijwt.cache.hits", "apijwt.decodes apijwt.outcome=valid", "apijwt.decodes apijwt.outcome=malformed");
    }
}
