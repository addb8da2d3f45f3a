using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ApiJwts;
using ApiJwts.AspNetCore;
using ApiJwts.OpenApi;
using Hudya.Services.Security;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Configuration["Jwt:PublicKeys:0"] = RsaKeyPair.Generate().PublicKeyPem;
builder.Services.AddApiJwt<HudyaJwt>("Jwt");
builder.Services.AddAuthentication().AddApiJwt<HudyaJwt>();
builder.Services.AddAuthorization();
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, Messages.Default));
builder.Services.AddOpenApi(options => options.AddApiJwt());

await using WebApplication app = builder.Build();
app.MapOpenApi();
app.MapGet("/contracts", () => "contracts").RequireScope("support:mobile");
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
JsonNode contracts = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!["paths"]!["/contracts"]!["get"]!;
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {typeof(ApiJwtOpenApiOptionsExtensions).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName}");
Console.WriteLine($"requires {contracts["security"]![0]!["Bearer"]![0]}, answers {string.Join(' ', contracts["responses"]!.AsObject().Select(answer => answer.Key))}");
await app.StopAsync();

[JsonSerializable(typeof(string))]
internal sealed partial class Messages : JsonSerializerContext;
