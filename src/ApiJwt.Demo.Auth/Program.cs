// The auth service, which is the only service with a private key. Start it with: dotnet run --project src/ApiJwt.Demo.Auth
using System.Text.Json.Serialization;
using ApiJwts;
using ApiJwts.AspNetCore;
using ApiJwts.Redis;
using HudyaDemo;
using HudyaDemo.Auth;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, Messages.Default));
builder.Services.AddSingleton<PasswordBook>();

// The demo generates a key at start. Several instances must share one key: set Jwt__PrivateKey.
RsaKeyPair generated = RsaKeyPair.Generate();
builder.Services.AddApiJwt<HudyaJwt>("Jwt", options => options.PrivateKey ??= generated.PrivateKeyPem);
// With Redis=localhost:6379, the instances also share the revoked tokens.
if (builder.Configuration["Redis"] is { Length: > 0 } redis)
    builder.Services.AddApiJwtRedis<HudyaJwt>(redis);
builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
builder.Services.AddAuthorization();

WebApplication app = builder.Build();
app.MapJwks<HudyaJwt>();
app.MapRevocations<HudyaJwt>();

// Ends one login. The client sends only its token.
app.MapRevocation<HudyaJwt>("/logout");

// Ends all logins of the same person, on all devices.
app.MapPost("/logout-everywhere", (VerifiedPayload me, HudyaJwt jwt) => jwt.Revocations.RevokeSubject(me.Subject));

app.MapPost("/login", (Login login, PasswordBook book, HudyaJwt jwt) => book.Find(login.User, login.Password) is { } person
    ? Results.Ok(new TokenAnswer(jwt.Encode(person.Request(level: 3.0, factor: "password"))))
    : Results.Unauthorized());

// Issues a token with the level that an API requests with acr_values. In the demo, the code is always the same.
app.MapPost("/step-up", (StepUp stepUp, VerifiedPayload caller, PasswordBook book, HudyaJwt jwt) =>
    stepUp.Code == PasswordBook.OneTimeCode && book.Find(caller.Subject) is { } person
        ? Results.Ok(new TokenAnswer(jwt.Encode(person.Request(level: 3.1, factor: "otp"))))
        : Results.Unauthorized());

// The new key signs and is published at once. Tokens of the old key stay valid until they expire.
app.MapPost("/rotate", (HudyaJwt jwt) =>
{
    RsaKeyPair next = RsaKeyPair.Generate();
    jwt.Keys.Rotate(next.PrivateKeyPem);
    return Results.Ok(new RotateAnswer(next.KeyId));
}).RequireKey("admin");

app.Run();

internal sealed record Login(string User, string Password);

internal sealed record StepUp(string Code);

internal sealed record TokenAnswer(string Token);

internal sealed record RotateAnswer(string KeyId);

[JsonSerializable(typeof(Login))]
[JsonSerializable(typeof(StepUp))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(RotateAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class Messages : JsonSerializerContext;
