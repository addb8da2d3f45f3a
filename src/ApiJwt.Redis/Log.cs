using Microsoft.Extensions.Logging;

namespace ApiJwts.Redis;

/// <summary>What this package logs beside the lines of <see cref="RevocationSource"/>. The other packages have the event ids below 200.</summary>
internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Warning, "Redis has entries of a form that this version does not know. They were ignored. Update ApiJwt.Redis in this service. This is logged once.")]
    public static partial void UnknownEntries(ILogger logger);
}
