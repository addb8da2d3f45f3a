using Microsoft.Extensions.Logging;

namespace ApiJwts.AspNetCore;

/// <summary>Every line this package logs. The core has the event ids below 100.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Error, "The changed settings of {Name} were not taken over, and the keys stay as they were. {Reason}")]
    public static partial void SettingsRefused(ILogger logger, string name, string reason);

    [LoggerMessage(120, LogLevel.Warning, "The claims transformation returned a {Type}, whose Clone makes another type, so that it has no payload and every guard refuses it. Override Clone, or call AddIdentity on the principal that the transformation was given. This is said once.")]
    public static partial void PayloadNotKept(ILogger logger, string type);
}
