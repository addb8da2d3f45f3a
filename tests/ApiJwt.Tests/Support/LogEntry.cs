using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>One line, with its exception and every named value of it: structured logs keep those as well.</summary>
public sealed record LogEntry(LogLevel Level, EventId Event, string Text);
