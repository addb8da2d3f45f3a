using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>
/// Ignores the exceptions of the application's logger. They must not change the verdict on a token, stop a change of keys halfway, or end
/// the process from a timer.
/// </summary>
[SuppressMessage("Design", "CA1031", Justification = "A logger of the application can throw any exception.")]
internal sealed class SafeLogger(ILogger logger) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // The logger is the only place that could report this.
        }
    }
}
