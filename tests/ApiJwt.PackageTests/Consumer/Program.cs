using System.Runtime.InteropServices;
using ApiJwts;
using Hudya.Services.Security;

RsaKeyPair pair = RsaKeyPair.Generate();
var authService = new HudyaJwt(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem });
var api = new HudyaJwt(new ApiJwtOptions { PublicKeys = { pair.PublicKeyForEnvironment } });

string token = authService.Encode(new TokenRequest
{
    Subject = "user@domain.com",
    Key = "support",
    Level = 3.1,
    Factor = "yubikey",
    Target = "user@domain.com",
    Scopes = ["support:mobile"],
    DoNotTrack = DoNotTrack.Normal,
    TimeToLive = TimeSpan.FromHours(1),
});

DecodeResult result = api.Decode(token);
if (!result.IsValid)
{
    Console.WriteLine($"refused: {result.Failure}");
    return 1;
}

DecodeResult forged = api.Decode(token[..^8] + "AAAAAAAA");
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}: {result.Payload.Subject} has {string.Join(',', result.Payload.Scopes)} at level {result.Payload.Level}; forged: {forged.Failure}");
return result.Payload.HasScope("support:mobile") && forged.Failure == TokenFailure.InvalidSignature ? 0 : 1;

namespace Hudya.Services.Security
{
    /// <summary>Stands in a namespace of its own, where a namespace named ApiJwt would hide the class (CS0118).</summary>
    public sealed class HudyaJwt : ApiJwt
    {
        public HudyaJwt(ApiJwtOptions options)
            : base(options)
        {
            Policy.AllowLevels(0.0, 1.0, 2.0, 3.0, 3.1, 3.5, 4.0);
            Policy.AllowKey("user", issuer: "auth_user", scopes: ["user:all", "NO", "SE", "DK"]);
            Policy.AllowKey("support", issuer: "auth_support", scopes: ["support:all", "support:mobile"]);
        }
    }
}
