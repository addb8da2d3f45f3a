using ApiJwts;
using Microsoft.Extensions.Logging;

namespace HudyaDemo;

/// <summary>Shared by all services of a company: one class, configured in its constructor.</summary>
internal sealed class HudyaJwt : ApiJwt
{
    public HudyaJwt(ApiJwtOptions options, ILogger<HudyaJwt>? logger = null)
        : base(options, logger)
    {
        // Needed where tokens are issued, and where RequireKey, roles or Payload.Key are used.
        Policy.AllowLevels(0.0, 1.0, 2.0, 3.0, 3.1, 3.5, 4.0);
        Policy.AllowKey("user", issuer: "auth_user", scopes: ["user:all", "NO", "SE", "DK"]);
        Policy.AllowKey("support", issuer: "auth_support", scopes: ["support:all", "support:insurance", "support:power", "support:mobile"]);
        Policy.AllowKey("admin", issuer: "auth_admin", scopes: ["admin:all", "user:all"]);
        // Required to revoke a token, or all tokens of a subject.
        Policy.WriteTokenId();
        Policy.WriteIssuedAt();
    }
}
