// A service that verifies with public keys, fetched from the auth service: Jwt__JwksUri in its settings is all it has to be told.
// Jwt__RevocationsUri, or Redis, lets it know of tokens that were withdrawn.
// Start it with: dotnet run --project src/ApiJwt.Demo.Api
using ApiJwts;
using ApiJwts.AspNetCore;
using ApiJwts.Redis;
using HudyaDemo;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddApiJwt<HudyaJwt>("Jwt");
if (builder.Configuration["Redis"] is { Length: > 0 } redis)
    builder.Services.AddApiJwtRedis<HudyaJwt>(redis);
builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
builder.Services.AddAuthorization();

WebApplication app = builder.Build();
app.MapGet("/", () => "Anybody may read this.");
app.MapGet("/me", (VerifiedPayload me) => me.Subject);
app.MapGet("/policies", () => "All insurance policies.").RequireScope("support:insurance");
app.MapGet("/contracts", () => "All mobile contracts.").RequireScope("support:mobile");
app.MapPost("/payout", () => "Paid.").RequireScope("support:mobile").RequireLevel(3.1);
app.MapGet("/admin", () => "All settings.").RequireKey("admin");
app.Run();
