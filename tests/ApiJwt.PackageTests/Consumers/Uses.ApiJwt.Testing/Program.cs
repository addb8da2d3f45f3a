using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ApiJwts;
using ApiJwts.AspNetCore;
using ApiJwts.Testing;
using Hudya.Services.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
// In production, the keys come from an auth service that tests cannot reach.
builder.Configuration["Jwt:JwksUri"] = "https://auth.invalid/.well-known/jwks.json";
builder.Services.AddApiJwt<HudyaJwt>("Jwt");
builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
builder.Services.AddAuthorization();
builder.Services.TrustTestTokens();

await using WebApplication app = builder.Build();
app.MapGet("/contracts", (VerifiedPayload me) => $"The contracts of {me.Subject}").RequireScope("support:mobile");
await app.StartAsync();

Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {typeof(TestToken).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName}");
Console.WriteLine($"good {await AskAsync(token => token.Subject("ann").Scopes("support:mobile"))}, without scope {await AskAsync(token => token.Subject("ann"))}, "
    + $"forged {await AskAsync(token => token.Scopes("support:mobile").Forged())}, expired {await AskAsync(token => token.Scopes("support:mobile").Expired())}");
await app.StopAsync();

async Task<int> AskAsync(Action<TestToken> configure)
{
    using HttpClient client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) }.WithToken(configure);
    using HttpResponseMessage answer = await client.GetAsync("/contracts");
    return (int)answer.StatusCode;
}
