using System.Text;

namespace Hudya.Fuzz;

/// <summary>The input is the text or the DER of a key. A service gets it as a public and as a private key, and must accept or refuse it properly.</summary>
public static class KeyTarget
{
    private const int LongestEcho = 24;

    // A valid token except for its signature, which is 256 zero bytes.
    private static readonly string Unsigned = $"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4iLCJleHAiOjQxMDI0NDQ4MDB9.{new string('A', 342)}";

    public static void Try(byte[] input)
    {
        foreach (string text in new[] { Encoding.UTF8.GetString(input), Convert.ToBase64String(input) })
        {
            TryPublic(text);
            TryPrivate(text);
        }
    }

    private static void TryPublic(string text)
    {
        if (Start(new ApiJwtOptions { PublicKeys = { text } }, text) is not { } service)
            return;
        BrokenPromiseException.Unless(service.Keys.KeyIds.Count > 0, "A service verifies without a key.");
        BrokenPromiseException.Unless(!service.Keys.ToJwks().Contains("\"d\"", StringComparison.Ordinal), "A key set has a private number.");
        BrokenPromiseException.Unless(service.Keys.SigningKeyId is null, "A public key signs.");
        BrokenPromiseException.Unless(!service.Decode(Unsigned).IsValid, "A token that nobody signed is valid.");
    }

    private static void TryPrivate(string text)
    {
        if (Start(new ApiJwtOptions { PrivateKey = text }, text) is { } service)
            BrokenPromiseException.Unless(service.Decode(service.Encode(new TokenRequest { Subject = "ann" })).IsValid, "A service does not verify its own token.");
    }

    private static Service? Start(ApiJwtOptions options, string text)
    {
        try
        {
            return new Service(options);
        }
        catch (ApiJwtException refusal)
        {
            for (int start = 0; start + LongestEcho <= text.Length; start += LongestEcho / 2)
                BrokenPromiseException.Unless(!refusal.Message.Contains(text.AsSpan(start, LongestEcho), StringComparison.Ordinal), "A refusal repeats the key's text.");
            return null;
        }
    }

    private sealed class Service(ApiJwtOptions options) : ApiJwt(options);
}
