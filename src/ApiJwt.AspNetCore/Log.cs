using Microsoft.Extensions.Logging;

namespace ApiJwts.AspNetCore;

/// <summary>Every line this package logs. The core has the event ids below 100.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Error, "The changed settings of {Name} were not taken over, and the keys stay as they were. {Reason}")]
    public static partial void SettingsRefused(ILogger logger, string name, string reason);

    [LoggerMessage(102, LogLevel.Error, "The keys of {Name} could not be fetched from {Address}. Those fetched before stay in use; without any, every token is refused. It is tried again.")]
    public static partial void FetchFailed(ILogger logger, Exception exception, string name, Uri address);

    [LoggerMessage(103, LogLevel.Information, "Fetched {KeyCount} keys of {Name} from {Address}, and passed over {OtherCount} that are not for RS256.")]
    public static partial void Fetched(ILogger logger, int keyCount, string name, Uri address, int otherCount);

    [LoggerMessage(104, LogLevel.Error, "The key set of {Name} at {Address} has no key for RS256 any more, and those fetched before are gone.")]
    public static partial void FetchedNone(ILogger logger, string name, Uri address);
}
