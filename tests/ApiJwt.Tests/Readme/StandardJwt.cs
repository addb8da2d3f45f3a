namespace Hudya.Tests.Readme;

#region StandardJwt
using ApiJwts;

public sealed class StandardJwt : ApiJwt
{
    public StandardJwt(ApiJwtOptions options)
        : base(options)
    {
        Policy.AllowSharedIssuers(keyClaim: "key");   // the issuer does not tell the keys apart any more, so a claim does
        Policy.AllowKey("user",  issuer: "https://auth.example.com", scopes: ["orders:read"]);
        Policy.AllowKey("admin", issuer: "https://auth.example.com", scopes: ["orders:read", "orders:write"]);
        Policy.AllowExtra(Extra.Text("client_id"));
        Policy.WriteIssuedAt();                       // iat
        Policy.WriteTokenId();                        // jti
        Policy.WriteScopesAs(ScopeFormat.Space);      // scope
    }
}
#endregion
