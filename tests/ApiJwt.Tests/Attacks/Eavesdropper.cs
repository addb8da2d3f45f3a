using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Attacks;

/// <summary>Records everything that this thread emits while it decodes a token: log lines, exceptions, events, traces and counts.</summary>
internal sealed class Eavesdropper : EventListener, ILogger, IMeterFactory
{
    // The events of the runtime itself are left out: they report every allocation and lock.
    private static readonly string[] Sources = ["Microsoft.IdentityModel.EventSource", "System.Net.Http", "System.Net.NameResolution", "System.Net.Sockets", "System.Net.Security"];

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<string> _heard = [];

    private readonly ActivityListener _traces;
    private readonly MeterListener _counts = new();

    public Eavesdropper()
    {
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("ApiJwt", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                Hear("trace", $"{activity.DisplayName} {activity.StatusDescription} {Tags(activity.TagObjects)} {Tags(activity.Baggage)} {Tags(activity.Events.SelectMany(happening => happening.Tags))}");
                Hear("exception", activity.Status == ActivityStatusCode.Error ? activity.DisplayName : null);
                foreach (ActivityEvent happening in activity.Events)
                    Hear("exception", happening.Name);
            },
        };
        ActivitySource.AddActivityListener(_traces);
        _counts.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("ApiJwt", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _counts.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Hear("count", $"{instrument.Name} {Tags(tags.ToArray())}"));
        _counts.Start();
    }

    /// <summary>Returns and clears what was recorded since the last call.</summary>
    public IReadOnlyList<string> TakeHeard()
    {
        string[] heard = [.. _heard];
        _heard.Clear();
        return heard;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Hear("scope", state);
        return null;
    }

    public Meter Create(MeterOptions options) => new(options);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Hear("log", formatter(state, exception));
        Hear("exception", exception);
        if (state is IEnumerable<KeyValuePair<string, object?>> values)
        {
            foreach ((string name, object? value) in values)
                Hear("log", $"{name}={value}");
        }
    }

    public override void Dispose()
    {
        _traces.Dispose();
        _counts.Dispose();
        base.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (Sources.Contains(eventSource.Name, StringComparer.Ordinal))
            EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        Hear(eventData.EventSource.Name, string.Join(' ', [eventData.EventName, eventData.Message, .. eventData.Payload ?? []]));

    private static string Tags<T>(IEnumerable<KeyValuePair<string, T>> tags) => string.Join(' ', tags);

    private void Hear(string source, object? what)
    {
        if (what is not null && Environment.CurrentManagedThreadId == _thread)
            _heard.Add(string.Create(CultureInfo.InvariantCulture, $"{source}: {what}"));
    }
}
