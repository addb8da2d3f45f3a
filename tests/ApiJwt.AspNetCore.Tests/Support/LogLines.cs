using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore.Support;

/// <summary>Records every log line, with its level before it and its scopes after it.</summary>
public sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();

    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IEnumerable<string> Lines => _lines;

    public IReadOnlyList<string> Warnings => [.. _lines.Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal))];

    public IReadOnlyList<string> Errors => [.. _lines.Where(line => line.StartsWith("Error: ", StringComparison.Ordinal))];

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
    }

    private string Scopes()
    {
        var text = new StringBuilder();
        _scopes.ForEachScope(
            (scope, all) => all.AppendJoin("", (scope as IEnumerable<KeyValuePair<string, object>> ?? []).Select(pair => $" {pair.Key}={pair.Value}")), text);
        return text.ToString();
    }

    private sealed class Writer(LogLines owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner._lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}{owner.Scopes()}");
    }
}
