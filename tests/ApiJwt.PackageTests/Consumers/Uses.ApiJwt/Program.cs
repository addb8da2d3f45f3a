using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ApiJwts;
using Hudya.Services.Security;

RsaKeyPair pair = RsaKeyPair.Generate();
var authService = new HudyaJwt(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem });
var api = new HudyaJwt(new ApiJwtOptions { PublicKeys = { pair.PublicKeyForEnvironment } });

string token = authService.Encode(new TokenRequest
{
    Subject = "user@domain.com", Key = "support", Level = 3.1, Factor = "yubikey", Target = "user@domain.com", Scopes = ["support:mobile"],
    DoNotTrack = DoNotTrack.Normal, TimeToLive = TimeSpan.FromHours(1),
});

DecodeResult result = api.Decode(token);
if (!result.IsValid)
{
    Console.WriteLine($"refused: {result.Failure}");
    return 1;
}

DecodeResult forged = api.Decode(token[..^8] + "AAAAAAAA");
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {typeof(ApiJwt).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName}");
Console.WriteLine($"{result.Payload.Subject} has {string.Join(',', result.Payload.Scopes)} at level {result.Payload.Level}, forged {forged.Failure}");
return result.Payload.HasScope("support:mobile") && forged.Failure == TokenFailure.InvalidSignature ? 0 : 1;
