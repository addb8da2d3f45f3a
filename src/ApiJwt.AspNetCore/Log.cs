using Microsoft.Extensions.Logging;

namespace ApiJwts.AspNetCore;

/// <summary>The log messages of this package. The core package uses the event ids below 100.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Error, "The changed settings of {Name} were not applied, and the previous keys stay in use. {Reason}")]
    public static partial void SettingsRefused(ILogger logger, string name, string reason);

    [LoggerMessage(102, LogLevel.Warning, "The settings {Settings} of {Name} changed while the service was running. They are read only at start. Restart the service to apply them.")]
    public static partial void SettingsReadOnce(ILogger logger, string settings, string name);

    [LoggerMessage(103, LogLevel.Warning, "A guard of the endpoint {Endpoint} refuses callers, because it {Fault}")]
    public static partial void UselessGuard(ILogger logger, string? endpoint, string fault);

    [LoggerMessage(104, LogLevel.Warning, "No token can pass the guards of the endpoint {Endpoint}: {Fault}")]
    public static partial void GuardWithoutScheme(ILogger logger, string? endpoint, string fault);

    [LoggerMessage(105, LogLevel.Warning, "A request was refused before it was authenticated. Call UseAuthentication, and call it before UseAuthorization. This is logged once.")]
    public static partial void NotAuthenticated(ILogger logger);

    [LoggerMessage(106, LogLevel.Warning, "The claims transformation returned a {Type} whose Clone method returns another type. The principal has no payload, so every guard refuses it. Override Clone, or call AddIdentity on the principal that the transformation receives. This is logged once.")]
    public static partial void PayloadNotKept(ILogger logger, string type);
}
