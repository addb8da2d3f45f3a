using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Attacks;

/// <summary>Hears all that this thread says while a token is looked at: log lines, trace events, and exceptions even if they are caught.</summary>
internal sealed class Eavesdropper : EventListener, ILogger
{
    // The runtime's own events tell of allocations and of locks, and there is no end to them.
    private static readonly string[] Sources = ["Microsoft.IdentityModel.EventSource", "System.Net.Http", "System.Net.NameResolution", "System.Net.Sockets", "System.Net.Security"];

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<string> _heard = [];

    public Eavesdropper() => AppDomain.CurrentDomain.FirstChanceException += OnException;

    /// <summary>What was heard since the last call.</summary>
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

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Hear("log", formatter(state, exception));
        Hear("log", exception);
        if (state is IEnumerable<KeyValuePair<string, object?>> values)
        {
            foreach ((string name, object? value) in values)
                Hear("log", $"{name}={value}");
        }
    }

    public override void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnException;
        base.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (Sources.Contains(eventSource.Name, StringComparer.Ordinal))
            EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        Hear(eventData.EventSource.Name, string.Join(' ', [eventData.EventName, eventData.Message, .. eventData.Payload ?? []]));

    private void OnException(object? sender, FirstChanceExceptionEventArgs args) => Hear("exception", args.Exception);

    private void Hear(string source, object? what)
    {
        if (what is not null && Environment.CurrentManagedThreadId == _thread)
            _heard.Add(string.Create(CultureInfo.InvariantCulture, $"{source}: {what}"));
    }
}
