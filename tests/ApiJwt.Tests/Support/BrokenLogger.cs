using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>A logger of the application that throws at every line.</summary>
public sealed class BrokenLogger : ILogger, ILoggerProvider
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        throw new InvalidOperationException();

    public void Dispose()
    {
    }
}
