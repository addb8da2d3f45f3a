using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>A logger of the application that throws: at every line, or at the first ones only.</summary>
public sealed class BrokenLogger(int times = int.MaxValue) : ILogger, ILoggerProvider
{
    private int _left = times;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Interlocked.Decrement(ref _left) >= 0)
            throw new InvalidOperationException();
    }

    public void Dispose()
    {
    }
}
