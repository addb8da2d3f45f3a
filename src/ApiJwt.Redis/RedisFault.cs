using StackExchange.Redis;

namespace ApiJwts.Redis;

/// <summary>Describes a fault of Redis in words that follow the name "Redis". The messages of the client would repeat addresses, keys and settings.</summary>
internal static class RedisFault
{
    public static string Of(Exception exception) => exception switch
    {
        RedisServerException refusal => $"refused a command ({CodeOf(refusal)})",
        RedisTimeoutException or TimeoutException => "did not answer in time",
        RedisConnectionException failure => $"cannot be reached ({ReasonOf(failure)})",
        RedisException or RedisCommandException => "cannot take a command now",
        ObjectDisposedException or OperationCanceledException => "has no connection, because it was disposed",
        // The connection factory of the application failed.
        _ => $"cannot be reached ({exception.GetType().Name})",
    };

    /// <summary>The reason is in the innermost exception; the outer ones say only that there is no connection.</summary>
    private static ConnectionFailureType ReasonOf(RedisConnectionException failure) =>
        failure.InnerException is RedisConnectionException inner ? ReasonOf(inner) : failure.FailureType;

    /// <summary>The first word of an answer such as <c>NOPERM this user has no permissions</c>.</summary>
    public static string CodeOf(RedisServerException refusal)
    {
        string code = refusal.Message.Split(' ')[0];
        return code.Length is > 0 and <= 16 && code.All(char.IsAsciiLetterUpper) ? code : "ERR";
    }
}
