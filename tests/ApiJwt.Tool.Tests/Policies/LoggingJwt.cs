using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Tool.Policies;

/// <summary>Takes every kind of logger, and needs them.</summary>
public sealed class LoggingJwt : ApiJwt
{
    public LoggingJwt(ApiJwtOptions options, ILogger<LoggingJwt> own, ILoggerFactory factory, ILogger any)
        : base(options, own)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(any);
        Policy.AllowKey("audited", "auth_audited", ["audit:read"]);
        Policy.AllowExtra(Extra.Integer("limit"));
        Policy.WriteTokenId();
    }
}
