namespace Hudya.Tests.Readme;

#region OldJwt
public sealed class OldJwt : ApiJwt
{
    public OldJwt(ApiJwtOptions options)
        : base(options) => Policy.AllowKey("user", issuer: "https://login.example.com/realms/shop", scopes: []);
}
#endregion
