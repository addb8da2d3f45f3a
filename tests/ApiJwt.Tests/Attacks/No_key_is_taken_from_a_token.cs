using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Hudya.Tests.Attacks;

/// <summary>Each token is forged: it is signed with a key that its header contains or points to.</summary>
public class No_key_is_taken_from_a_token
{
    // It never accepts a connection, so an attempt to connect stays visible in its queue.
    private static readonly TcpListener Bait = Listen();

    public static HostileFamily Family { get; } = new("keys in the header", Tokens());

    /// <summary>Whether anything connected to fetch a key.</summary>
    public static bool SomebodyCame => Bait.Pending();

    [Theory]
    [MemberData(nameof(Family))]
    public void A_key_that_the_header_contains_or_points_to_is_not_used(string name)
    {
        Family.ShouldRefuse(name);
        SomebodyCame.Should().BeFalse();
    }

    private static IEnumerable<HostileToken> Tokens()
    {
        RSA foreign = TestKeys.ForeignKey;
        foreach ((string name, string member, string json) in Lures(foreign))
        {
            string header = $$"""{"alg":"RS256","typ":"JWT","{{member}}":{{json}}}""";
            yield return new(name, Forge.Sign(header, GoodClaims.Json, foreign), TokenFailure.InvalidSignature);
            string named = $$"""{"alg":"RS256","typ":"JWT","kid":"{{TestKeys.Ours.KeyId}}","{{member}}":{{json}}}""";
            yield return new($"{name}, and our key id", Forge.Sign(named, GoodClaims.Json, foreign), TokenFailure.InvalidSignature);
        }

        foreach (string keyId in KeyIds())
            yield return new($"key id {keyId}", Forge.Sign($$"""{"alg":"RS256","typ":"JWT","kid":{{JsonSerializer.Serialize(keyId)}}}""", GoodClaims.Json, foreign), TokenFailure.InvalidSignature);
        foreach (string json in (string[])["null", "1", "true", "[]", "{}", $"[\"{TestKeys.Ours.KeyId}\"]"])
            yield return new($"key id as the JSON {(json.Length > 9 ? "[\"...\"]" : json)}", Forge.Sign($$"""{"alg":"RS256","typ":"JWT","kid":{{json}}}""", GoodClaims.Json), TokenFailure.Malformed);
    }

    private static IEnumerable<(string Name, string Member, string Json)> Lures(RSA foreign)
    {
        RSAParameters numbers = foreign.ExportParameters(includePrivateParameters: true);
        string n = Forge.Encode(numbers.Modulus!);
        string d = Forge.Encode(numbers.D!);
        string jwk = $$"""{"kty":"RSA","n":"{{n}}","e":"AQAB"}""";
        string url = JsonSerializer.Serialize($"http://{Bait.LocalEndpoint}/keys.json");
        using X509Certificate2 certificate = Certificates.Issue("auth", TestKeys.Foreign);
        string chain = JsonSerializer.Serialize(Convert.ToBase64String(certificate.RawData));
        string digest = JsonSerializer.Serialize(Forge.Encode(SHA256.HashData(certificate.RawData)));

        yield return ("jwk", "jwk", jwk);
        yield return ("jwk with its private half", "jwk", $$"""{"kty":"RSA","n":"{{n}}","e":"AQAB","d":"{{d}}"}""");
        yield return ("jwk with our key id", "jwk", $$"""{"kty":"RSA","n":"{{n}}","e":"AQAB","kid":"{{TestKeys.Ours.KeyId}}"}""");
        yield return ("jwk with an exponent of one", "jwk", $$"""{"kty":"RSA","n":"{{n}}","e":"AQ"}""");
        yield return ("jwk that is a secret", "jwk", """{"kty":"oct","k":"AAAA"}""");
        yield return ("jwk as text", "jwk", JsonSerializer.Serialize(jwk));
        yield return ("jwks", "jwks", $$"""{"keys":[{{jwk}}]}""");
        yield return ("jku", "jku", url);
        yield return ("jku of another host by name", "jku", "\"https://keys.attacker.example/keys.json\"");
        yield return ("jku of a file", "jku", "\"file:///etc/passwd\"");
        yield return ("jku of a share", "jku", JsonSerializer.Serialize(@"\\127.0.0.1\share\keys.json"));
        yield return ("x5u", "x5u", url);
        yield return ("x5u of another host by name", "x5u", "\"https://keys.attacker.example/cert.pem\"");
        yield return ("x5c", "x5c", $"[{chain}]");
        yield return ("x5c twice over", "x5c", $"[{chain},{chain}]");
        yield return ("x5c as text", "x5c", chain);
        yield return ("x5t", "x5t", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAA\"");
        yield return ("x5t#S256", "x5t#S256", digest);
        yield return ("iss in the header", "iss", url);
        yield return ("everything at once", "jwk", $$"""{{jwk}},"jku":{{url}},"x5u":{{url}},"x5c":[{{chain}}],"x5t#S256":{{digest}}""");
    }

    private static IEnumerable<string> KeyIds() =>
    [
        TestKeys.Foreign.KeyId, TestKeys.Second.KeyId, "", " ", "0", "-1", "null", "undefined", "*", "%00",
        "../../../../dev/null", "/proc/sys/kernel/randomize_va_space", "C:\\Windows\\win.ini", "file:///dev/null",
        $"http://{Bait.LocalEndpoint}/key", "' OR '1'='1", "'; DROP TABLE keys; --", "|| sleep 10", "$(touch owned)", "`id`",
        "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "<script>alert(1)</script>", "key\0id", "key\r\nlevel=Error forged log line", "\u202Edik", new string('k', 2000),
    ];

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return listener;
    }
}
