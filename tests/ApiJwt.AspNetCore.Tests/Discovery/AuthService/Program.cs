// An auth service whose tokens follow RFC 9068. The argument --Issuer sets its issuer, which is an address.
using ApiJwts;
using ApiJwts.AspNetCore;
using Hudya.AuthService;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string issuer = builder.Configuration["Issuer"]!;
builder.Services.AddSingleton(new AddressJwt(new ApiJwtOptions { PrivateKey = RsaKeyPair.Generate().PrivateKeyPem, TokenType = "at+jwt" }, issuer));

WebApplication app = builder.Build();
app.MapDiscovery<AddressJwt>(issuer);
app.MapPost("/login", (string key, string audience, AddressJwt jwt) => jwt.Encode(new TokenRequest
{
    Subject = "ann",
    Key = key,
    Audience = audience,
    Scopes = ["orders:read", "orders:write"],
    Extras = new Dictionary<string, ClaimValue> { ["client_id"] = "shop" },
}));
app.MapPost("/rotate", (AddressJwt jwt) => jwt.Keys.Rotate(RsaKeyPair.Generate().PrivateKeyPem));
app.Run();
