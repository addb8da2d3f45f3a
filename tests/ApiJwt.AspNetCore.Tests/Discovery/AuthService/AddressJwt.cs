using ApiJwts;

namespace Hudya.AuthService;

/// <summary>Two keys share the issuer that clients discover. The third key has another issuer.</summary>
internal sealed class AddressJwt : ApiJwt
{
    public AddressJwt(ApiJwtOptions options, string issuer)
        : base(options)
    {
        Policy.AllowSharedIssuers(keyClaim: "key");
        Policy.AllowScopes("orders:read", "orders:write");
        Policy.AllowKey("user", issuer, scopes: []);
        Policy.AllowKey("admin", issuer, scopes: []);
        Policy.AllowKey("support", issuer: "auth_support", scopes: []);
        Policy.AllowExtra(Extra.Text("client_id"));
        Policy.WriteIssuedAt();
        Policy.WriteTokenId();
        Policy.WriteScopesAs(ScopeFormat.Space);
    }
}
