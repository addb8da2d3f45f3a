using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ApiJwts;
using ApiJwts.Redis;
using Hudya.Services.Security;

HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddSingleton(new HudyaJwt(new ApiJwtOptions { PrivateKey = RsaKeyPair.Generate().PrivateKeyPem }));
// Nothing listens on this port. The service starts and accepts no token.
builder.Services.AddApiJwtRedis<HudyaJwt>("127.0.0.1:1,connectTimeout=200");

using IHost host = builder.Build();
await host.StartAsync();
HudyaJwt jwt = host.Services.GetRequiredService<HudyaJwt>();
DecodeResult result = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "user@domain.com", Key = "user" }));

Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {typeof(ApiJwtRedisServiceCollectionExtensions).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName}");
Console.WriteLine($"while Redis is away {result.Failure}, source {jwt.Revocations.Sources.Single().Name}");
await host.StopAsync();
