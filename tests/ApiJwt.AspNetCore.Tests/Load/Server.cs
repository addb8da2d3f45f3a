#:sdk Microsoft.NET.Sdk.Web
#:project ../../../src/ApiJwt.AspNetCore/ApiJwt.AspNetCore.csproj
#:property PublishAot=false
// CA5404: ApiJwt checks no issuer or audience here, so the stock handler does not either.
#:property NoWarn=$(NoWarn);CA5404

// The same endpoint three times: open, guarded by ApiJwt, and guarded by the stock bearer handler with the same checks.
using System.Security.Cryptography;
using ApiJwts;
using ApiJwts.AspNetCore;
using Microsoft.IdentityModel.Tokens;

const string Scope = "support:mobile";
RsaKeyPair pair = RsaKeyPair.Generate();
var issuer = new LoadJwt(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem });
using var rsa = RSA.Create();
rsa.ImportFromPem(pair.PublicKeyPem);
var publicKey = new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = pair.KeyId };

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddApiJwt<LoadJwt>(options => options.PublicKeys.Add(pair.PublicKeyPem));
// Two schemes without a default, so that no request is authenticated twice.
builder.Services.AddAuthentication()
    .AddApiJwt<LoadJwt>("Ours")
    .AddJwtBearer("Stock", options =>
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKey = publicKey,
            ValidateIssuer = false,
            ValidateAudience = false,
            ClockSkew = TimeSpan.Zero,
            NameClaimType = "sub",
        };
    });
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("Ours", policy => policy.AddAuthenticationSchemes("Ours").RequireScope(Scope))
    .AddPolicy("Stock", policy => policy.AddAuthenticationSchemes("Stock")
        .RequireAssertion(context => context.User.FindFirst("scopes")?.Value.Split(',').Contains(Scope) == true));

WebApplication app = builder.Build();
app.MapGet("/open", () => "Hello");
app.MapGet("/ours", () => "Hello").RequireAuthorization("Ours");
app.MapGet("/stock", () => "Hello").RequireAuthorization("Stock");
app.MapGet("/tokens/{count:int}", (int count) => string.Join('\n', Enumerable.Range(0, count).Select(number =>
    issuer.Encode(new TokenRequest { Subject = $"user{number}@domain.com", Key = "support", Level = 3.1, Factor = "yubikey", Scopes = [Scope] }))));
app.Run();

internal sealed class LoadJwt : ApiJwt
{
    public LoadJwt(ApiJwtOptions options)
        : base(options)
    {
        Policy.AllowLevels(0.0, 3.1);
        Policy.AllowKey("support", issuer: "auth_support", scopes: ["support:all", "support:mobile"]);
    }
}
