// The auth service: it alone has a private key. Start it with: dotnet run --project src/ApiJwt.Demo.Auth
using System.Text.Json.Serialization;
using ApiJwts;
using ApiJwts.AspNetCore;
using ApiJwts.Redis;
using HudyaDemo;
using HudyaDemo.Auth;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, Messages.Default));
builder.Services.AddSingleton<PasswordBook>();

// A demo has no secrets to keep, so it makes its key on the spot. Two instances of it share one: Jwt__PrivateKey.
builder.Services.AddApiJwt<HudyaJwt>("Jwt", options => options.PrivateKey ??= RsaKeyPair.Generate().PrivateKeyPem);
// And they share what was withdrawn, if they are told where: Redis=localhost:6379.
if (builder.Configuration["Redis"] is { Length: > 0 } redis)
    builder.Services.AddApiJwtRedis<HudyaJwt>(redis);
builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
builder.Services.AddAuthorization();

WebApplication app = builder.Build();
app.MapJwks<HudyaJwt>();
app.MapRevocations<HudyaJwt>();

// Ends this login: the client sends its token, and nothing else.
app.MapRevocation<HudyaJwt>("/logout");

// Ends every login of the same person, on whatever device.
app.MapPost("/logout-everywhere", (VerifiedPayload me, HudyaJwt jwt) => jwt.Revocations.RevokeSubject(me.Subject));

app.MapPost("/login", (Login login, PasswordBook book, HudyaJwt jwt) => book.Find(login.User, login.Password) is { } person
    ? Results.Ok(new TokenAnswer(jwt.Encode(person.Request(level: 3.0, factor: "password"))))
    : Results.Unauthorized());

// More than a password: what an API asks for with acr_values. In the demo, the code is always the same.
app.MapPost("/step-up", (StepUp stepUp, VerifiedPayload caller, PasswordBook book, HudyaJwt jwt) =>
    stepUp.Code == PasswordBook.OneTimeCode && book.Find(caller.Subject) is { } person
        ? Results.Ok(new TokenAnswer(jwt.Encode(person.Request(level: 3.1, factor: "otp"))))
        : Results.Unauthorized());

// The new key signs and is published at once. Tokens of the old one stay valid until they expire.
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
