using System.Globalization;
using ApiJwts;
using HudyaDemo;

Console.OutputEncoding = System.Text.Encoding.UTF8;
var clock = new DemoClock();

Screen.Chapter("A new key pair");
RsaKeyPair pair = RsaKeyPair.Generate();
Screen.Say("The auth service gets the private key; every other service gets the public one.");
Screen.Fact("key id", pair.KeyId);

// The auth service can sign; the API can only verify. Both share the class HudyaJwt.
var authService = new HudyaJwt(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem, TimeProvider = clock });
var api = new HudyaJwt(new ApiJwtOptions { PublicKeys = { pair.PublicKeyPem }, TimeProvider = clock });

Screen.Chapter("The auth service issues a token");
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
Screen.Say(token);

Screen.Chapter("An API verifies the token with only the public key");
DecodeResult result = api.Decode(token);
if (!result.IsValid)
{
    Screen.Refused($"{result.Failure}: {result.Reason}");
    return 1;
}

VerifiedPayload payload = result.Payload;
Screen.Fact("subject", payload.Subject);
Screen.Fact("key", $"{payload.Key} (issuer {payload.Issuer})");
Screen.Fact("level", payload.Level.ToString("0.0", CultureInfo.InvariantCulture));
Screen.Fact("factor", payload.Factor);
Screen.Fact("target", payload.Target);
Screen.Fact("do not track", payload.DoNotTrack.ToString());
Screen.Fact("scopes", string.Join(", ", payload.Scopes));
Screen.Fact("expires", payload.ExpiresAt.ToString("u", CultureInfo.InvariantCulture));
if (payload.HasScope("support:mobile"))
    Screen.Good("Access granted!");

Screen.Chapter("A scope that the policy does not allow");
try
{
    authService.Encode(new TokenRequest { Subject = "user@domain.com", Key = "support", Scopes = ["admin:all"] });
}
catch (PolicyViolationException violation)
{
    Screen.Refused(violation.Message);
}

Screen.Chapter("A token that was changed");
string[] parts = token.Split('.');
Show(api.Decode($"{parts[0]}.{parts[1].Replace('M', 'N')}.{parts[2]}"));

Screen.Chapter("A token signed with an unknown key");
var stranger = new HudyaJwt(new ApiJwtOptions { PrivateKey = RsaKeyPair.Generate().PrivateKeyPem, TimeProvider = clock });
Show(api.Decode(stranger.Encode(new TokenRequest { Subject = "user@domain.com", Key = "admin", Scopes = ["admin:all"] })));

Screen.Chapter("The key is rotated, and no valid token is refused");
RsaKeyPair next = RsaKeyPair.Generate();
api.Keys.AddPublic(next.PublicKeyPem);
Screen.Say("1. Every API adds the new public key, and keeps the old one.");
authService.Keys.Rotate(next.PrivateKeyPem);
Screen.Say("2. The auth service signs with the new private key.");
string newToken = authService.Encode(new TokenRequest { Subject = "user@domain.com", Key = "user", Scopes = ["NO"] });
Screen.Fact("old token", Verdict(api.Decode(token)));
Screen.Fact("new token", Verdict(api.Decode(newToken)));
api.Keys.Remove(pair.KeyId);
Screen.Say("3. When the last old token has expired, every API removes the old key.");
Screen.Fact("old token", Verdict(api.Decode(token)));
Screen.Fact("new token", Verdict(api.Decode(newToken)));

Screen.Chapter("An hour later");
clock.Ahead = TimeSpan.FromHours(1);
Show(api.Decode(newToken));
Console.WriteLine();
return 0;

static void Show(DecodeResult verdict)
{
    if (verdict.IsValid)
        Screen.Good("valid");
    else
        Screen.Refused($"{verdict.Failure}: {verdict.Reason}");
}

static string Verdict(DecodeResult verdict) => verdict.IsValid ? "valid" : verdict.Failure.ToString();
