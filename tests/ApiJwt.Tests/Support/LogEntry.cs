using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>A log entry. The text includes the exception and every named value, because structured logs store those too.</summary>
public sealed record LogEntry(LogLevel Level, EventId Event, string Text);
