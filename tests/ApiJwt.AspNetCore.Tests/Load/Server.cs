#:sdk Microsoft.NET.Sdk.Web
#:project ../../../src/ApiJwt.AspNetCore/ApiJwt.AspNetCore.csproj
#:property PublishAot=false
// CA5404: ApiJwt checks no issuer or audience here, so the stock handler does not either.
// CA1812: the authentication builder creates the handler.
#:property NoWarn=$(NoWarn);CA5404;CA1812

// The same endpoint four times: open, guarded by ApiJwt, guarded by the stock bearer handler with the same checks, and guarded by a handler that reads
// no token. The last one shows the share of ASP.NET Core.
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using ApiJwts;
using ApiJwts.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
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
// There is no default scheme, so that each request is authenticated once.
builder.Services.AddAuthentication()
    .AddApiJwt<LoadJwt>("Ours")
    .AddScheme<AuthenticationSchemeOptions, ConstantHandler>("Constant", _ => { })
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
    .AddPolicy("Constant", policy => policy.AddAuthenticationSchemes("Constant").RequireAuthenticatedUser())
    .AddPolicy("Stock", policy => policy.AddAuthenticationSchemes("Stock")
        .RequireAssertion(context => context.User.FindFirst("scopes")?.Value.Split(',').Contains(Scope) == true));

WebApplication app = builder.Build();
app.MapGet("/open", () => "Hello");
app.MapGet("/ours", () => "Hello").RequireAuthorization("Ours");
app.MapGet("/stock", () => "Hello").RequireAuthorization("Stock");
app.MapGet("/constant", () => "Hello").RequireAuthorization("Constant");
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

internal sealed class ConstantHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private static readonly ClaimsPrincipal Principal = new(new ClaimsIdentity([new Claim("sub", "user@domain.com")], "Constant"));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Principal, Scheme.Name)));
}
