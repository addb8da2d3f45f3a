using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>Records log entries.</summary>
public sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        IEnumerable<KeyValuePair<string, object?>> values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
        string text = string.Join('\n', [formatter(state, exception), exception?.ToString(), .. values.Select(value => $"{value.Key}={value.Value}")]);
        _entries.Enqueue(new LogEntry(logLevel, eventId, text));
    }
}
