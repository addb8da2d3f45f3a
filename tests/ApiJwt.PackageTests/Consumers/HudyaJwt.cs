using ApiJwts;

namespace Hudya.Services.Security;

/// <summary>Uses the class in a namespace in which a namespace called ApiJwt would hide it (CS0118).</summary>
public sealed class HudyaJwt : ApiJwt
{
    public HudyaJwt(ApiJwtOptions options)
        : base(options)
    {
        Policy.AllowLevels(0.0, 1.0, 2.0, 3.0, 3.1, 3.5, 4.0);
        Policy.AllowKey("user", issuer: "auth_user", scopes: ["user:all", "NO", "SE", "DK"]);
        Policy.AllowKey("support", issuer: "auth_support", scopes: ["support:all", "support:mobile"]);
    }
}
