using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ApiJwts;
using ApiJwts.AspNetCore;
using Hudya.Services.Security;

RsaKeyPair pair = RsaKeyPair.Generate();
var authService = new HudyaJwt(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem });
string good = authService.Encode(new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile"] });
string unscoped = authService.Encode(new TokenRequest { Subject = "ann", Key = "support" });

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Configuration["Jwt:PublicKeys:0"] = pair.PublicKeyPem;
builder.Services.AddApiJwt<HudyaJwt>("Jwt");
builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
builder.Services.AddAuthorization();

await using WebApplication app = builder.Build();
app.MapGet("/contracts", (VerifiedPayload me) => $"The contracts of {me.Subject}").RequireScope("support:mobile");
app.MapJwks<HudyaJwt>();
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {typeof(RequireScopeAttribute).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName}");
Console.WriteLine($"good {await AskAsync(good)}, without scope {await AskAsync(unscoped)}, "
    + $"forged {await AskAsync(good[..^8] + "AAAAAAAA")}, keys published {await client.GetStringAsync("/.well-known/jwks.json") == authService.Keys.ToJwks()}");
await app.StopAsync();

async Task<int> AskAsync(string token)
{
    using var request = new HttpRequestMessage(HttpMethod.Get, "/contracts");
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    using HttpResponseMessage answer = await client.SendAsync(request);
    return (int)answer.StatusCode;
}
