using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Hudya.Tests.AspNetCore;

/// <summary>Reads metrics and traces with the OpenTelemetry SDK. It receives every meter with that name in the process, so no other test may run.</summary>
[Collection(nameof(Alone))]
public sealed partial class Telemetry_arrives_as_its_page_says
{
    [Fact]
    public async Task Metrics_and_traces_have_the_names_kinds_units_and_tags_of_the_page()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Readme", "TELEMETRY.md"), GuardedApp.Cancel);
        List<Metric> metrics = [];
        List<Activity> spans = [];
        FakeTimeProvider clock = Clock.Standing();
        await using AuthService auth = await AuthService.StartAsync(TestKeys.Second);
        await using GuardedApp app = await SessionJwt.StartAsync(
            _ => { },
            options => (options.JwksUri, options.TimeProvider) = (auth.KeySet, clock),
            builder =>
            {
                builder.Services.AddApiJwt<HudyaJwt>(options => options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem));

                builder.Services.AddOpenTelemetry()
                    .WithMetrics(metrics => metrics.AddMeter("ApiJwt"))
                    .WithTracing(tracing => tracing.AddSource("ApiJwt"));

                builder.Services.ConfigureOpenTelemetryMeterProvider(meters => meters.AddInMemoryExporter(metrics));
                builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans));
            });
        SessionJwt jwt = app.Services.GetRequiredService<SessionJwt>();

        await UseAllOfItAsync(jwt);
        clock.Advance(TimeSpan.FromSeconds(7));
        app.Services.GetRequiredService<MeterProvider>().ForceFlush();
        app.Services.GetRequiredService<TracerProvider>().ForceFlush();

        Metric[] ofSessions = [.. metrics.Where(metric => ClassOf(metric) == nameof(SessionJwt))];
        string[] table = [.. Instrument().Matches(page).Select(row => $"{row.Groups["name"]} {row.Groups["kind"]} {row.Groups["unit"]} {row.Groups["tag"]}".TrimEnd())];
        ofSessions.Select(Described).Should().BeEquivalentTo(table);
        Registered(app).Should().BeEquivalentTo(ofSessions.Select(metric => metric.Name), "the test must use every instrument");
        PointOf(metrics, "apijwt.revocations.entries", nameof(SessionJwt)).GetSumLong().Should().Be(1);
        PointOf(metrics, "apijwt.revocations.entries", nameof(HudyaJwt)).GetSumLong().Should().Be(0, "the meter has a tag with the name of the class");
        MetricPoint age = PointOf(metrics, "apijwt.revocations.age", nameof(SessionJwt));
        age.GetGaugeLastValueDouble().Should().Be(7);
        foreach (KeyValuePair<string, object?> tag in age.Tags)
            tag.Should().Be(KeyValuePair.Create<string, object?>("apijwt.source", "elsewhere"));

        spans.Select(span => $"{span.OperationName} {span.TagObjects.Single().Key}").Distinct()
            .Should().BeEquivalentTo(Span().Matches(page).Select(row => $"{row.Groups["name"]} {row.Groups["tag"]}"));
        foreach (string failure in Enum.GetNames<TokenFailure>().Where(name => name != nameof(TokenFailure.None)))
            page.Should().Contain($"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(failure)}`");
    }

    private static async Task UseAllOfItAsync(SessionJwt jwt)
    {
        await jwt.Keys.RefreshAsync(GuardedApp.Cancel);
        jwt.Revocations.AddSource("elsewhere", TimeSpan.FromHours(1)).Load([]);
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        jwt.Decode(token);
        jwt.Decode(token);
        jwt.Revocations.Revoke(jwt.Decode(token).Payload!);
    }

    private static MetricPoint PointOf(IEnumerable<Metric> metrics, string name, string className)
    {
        MetricPointsAccessor.Enumerator points = metrics.Single(metric => metric.Name == name && ClassOf(metric) == className).GetMetricPoints().GetEnumerator();
        points.MoveNext().Should().BeTrue();
        return points.Current;
    }

    private static string? ClassOf(Metric metric) => metric.MeterTags?.Single(tag => tag.Key == "apijwt.class").Value as string;

    /// <summary>The metric as a row of the table.</summary>
    private static string Described(Metric metric)
    {
        var tags = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            foreach (KeyValuePair<string, object?> tag in point.Tags)
                tags.Add(tag.Key);
        }

        string kind = metric.MetricType switch
        {
            MetricType.LongSum => "counter",
            MetricType.LongSumNonMonotonic => "up-down counter",
            MetricType.DoubleGauge => "gauge",
            _ => metric.MetricType.ToString(),
        };
        return $"{metric.Name} {kind} {metric.Unit} {string.Join(' ', tags)}".TrimEnd();
    }

    private static HashSet<string> Registered(GuardedApp app)
    {
        IMeterFactory factory = app.Services.GetRequiredService<IMeterFactory>();
        var names = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "ApiJwt" && instrument.Meter.Scope == factory)
                    names.Add(instrument.Name);
            },
        };
        listener.Start();
        return names;
    }

    [GeneratedRegex(@"^\| `(?<name>apijwt\.[a-z_.]+)` \| (?<kind>[a-z- ]+) \| `(?<unit>[^`]+)` \| (`(?<tag>[^`]+)`)? ?\|", RegexOptions.Multiline)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(?<name>ApiJwt\.\w+)` \| `(?<tag>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Span();
}
