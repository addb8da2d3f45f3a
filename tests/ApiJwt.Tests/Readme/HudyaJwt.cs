namespace Hudya.Tests.Readme;

#region HudyaJwt
using ApiJwts;
using Microsoft.Extensions.Logging;

// Shared by all services: one class, configured in its constructor.
public sealed class HudyaJwt : ApiJwt
{
    public HudyaJwt(ApiJwtOptions options, ILogger<HudyaJwt>? logger = null)
        : base(options, logger)
    {
        // Needed where tokens are issued, and where RequireKey, roles or Payload.Key are used.
        Policy.AllowLevels(0.0, 1.0, 2.0, 3.0, 3.1, 3.5, 4.0);
        Policy.AllowKey("user",    issuer: "auth_user",    scopes: ["user:all", "NO", "SE", "DK"]);
        Policy.AllowKey("support", issuer: "auth_support", scopes: ["support:all", "support:insurance", "support:power", "support:mobile"]);
        Policy.AllowKey("admin",   issuer: "auth_admin",   scopes: ["admin:all", "user:all"]);
    }
}
#endregion
