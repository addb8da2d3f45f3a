using Microsoft.Extensions.Logging;

namespace ApiJwts.Redis;

/// <summary>The log messages of this package, in addition to those of <see cref="RevocationSource"/>. The other packages use the event ids below 200.</summary>
internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Warning, "Redis contains entries in a format that this version does not know. They were ignored. Update ApiJwt.Redis in this service. This is logged once.")]
    public static partial void UnknownEntries(ILogger logger);
}
