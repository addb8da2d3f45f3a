using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Tool.Policies;

/// <summary>Its constructor requires every kind of logger.</summary>
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
