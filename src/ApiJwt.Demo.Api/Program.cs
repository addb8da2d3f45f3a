// An API that verifies tokens with the public keys of the auth service. Its only required setting is Jwt__JwksUri.
// With Jwt__RevocationsUri or Redis, it also refuses revoked tokens.
// Start it with: dotnet run --project src/ApiJwt.Demo.Api, and call it from the page http://localhost:5002/scalar.
using System.Text.Json.Serialization;
using ApiJwts;
using ApiJwts.AspNetCore;
using ApiJwts.OpenApi;
using ApiJwts.Redis;
using HudyaDemo;
using Scalar.AspNetCore;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddApiJwt<HudyaJwt>("Jwt");
if (builder.Configuration["Redis"] is { Length: > 0 } redis)
    builder.Services.AddApiJwtRedis<HudyaJwt>(redis);
builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
builder.Services.AddAuthorization();
builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, Messages.Default));
builder.Services.AddOpenApi(options => options.AddApiJwt());

WebApplication app = builder.Build();
if (app.Environment.IsDevelopment())
{
    app.MapOpenApi();
    // The page loads nothing from other servers and sends them nothing.
    app.MapScalarApiReference(options => options.AddPreferredSecuritySchemes("Bearer")
        .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton());
}

app.MapGet("/", () => "Anybody may read this.");
app.MapGet("/me", (VerifiedPayload me) => me.Subject);
app.MapGet("/policies", () => "All insurance policies.").RequireScope("support:insurance");
app.MapGet("/contracts", () => "All mobile contracts.").RequireScope("support:mobile");
app.MapPost("/payout", () => "Paid.").RequireScope("support:mobile").RequireLevel(3.1);
app.MapGet("/admin", () => "All settings.").RequireKey("admin");
app.Run();

// Native AOT needs the types of the answers listed.
[JsonSerializable(typeof(string))]
internal sealed partial class Messages : JsonSerializerContext;
