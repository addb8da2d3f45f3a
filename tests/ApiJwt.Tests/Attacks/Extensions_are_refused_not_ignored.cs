using System.IO.Compression;
using System.Text;

namespace Hudya.Tests.Attacks;

/// <summary>A token whose header asks for an extension that this library does not implement must be refused (RFC 7515, section 4.1.11).</summary>
public class Extensions_are_refused_not_ignored
{
    private static readonly string Ciphertext = Forge.Encode(new byte[48]);

    public static HostileFamily Family { get; } = new("extensions", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_token_that_asks_for_an_extension_is_refused(string name) => Family.ShouldRefuse(name);

    private static IEnumerable<HostileToken> Tokens() => Headers().Concat(Encrypted()).Concat(Serialised());

    private static IEnumerable<HostileToken> Headers()
    {
        string[] members =
        [
            "\"crit\":[\"exp\"]", "\"crit\":[\"alg\"]", "\"crit\":[]", "\"crit\":[\"\"]", "\"crit\":\"exp\"", "\"crit\":null", "\"crit\":true", "\"crit\":{}", "\"crit\":0",
            "\"crit\":[\"b64\"],\"b64\":true", "\"crit\":[\"b64\"],\"b64\":false", "\"crit\":[\"crit\"]", "\"crit\":[\"exp\",\"exp\"]", "\"crit\":[1]", "\"crit\":[null]",
            "\"crit\":[\"x-mfa\"],\"x-mfa\":true", "\"cri\\u0074\":[\"exp\"]", "\"crit\":[\"http://example.com/UNDEFINED\"],\"http://example.com/UNDEFINED\":true",
            "\"b64\":false", "\"b64\":true", "\"b64\":null", "\"b64\":\"false\"", "\"b6\\u0034\":false",
            "\"zip\":\"DEF\"", "\"zip\":\"none\"", "\"zip\":null", "\"zi\\u0070\":\"DEF\"",
            "\"enc\":\"A256GCM\"", "\"enc\":\"A128CBC-HS256\"", "\"enc\":null", "\"en\\u0063\":\"A256GCM\"",
        ];
        foreach (string member in members)
            yield return new(member, Forge.Sign($$"""{"alg":"RS256","typ":"JWT",{{member}}}""", GoodClaims.Json), TokenFailure.UnsupportedHeader);

        // RFC 8725, section 3.11: a token of another type is refused.
        string[] types = ["\"at+jwt\"", "\"JWE\"", "\"JOSE\"", "\"JOSE+JSON\"", "\"dpop+jwt\"", "\"logout+jwt\"", "\"application/at+jwt\"", "\"JWT \"", "\"\"", "\"JWT\\u0000\"", "\"\\u212AWT\"", "null", "1", "true", "[]", "[\"JWT\"]", "{}"];
        foreach (string type in types)
            yield return new($"typ {type}", Forge.Sign($$"""{"alg":"RS256","typ":{{type}}}""", GoodClaims.Json), TokenFailure.UnsupportedHeader);

        // Payloads in the form that the header announces.
        string deflated = Deflated(GoodClaims.Json);
        yield return new("a compressed payload, announced", Forge.SignParts(Forge.Encode("""{"alg":"RS256","zip":"DEF"}"""), deflated), TokenFailure.UnsupportedHeader);
        yield return new("a compressed payload, not announced", Forge.SignParts(Forge.Encode(Forge.Rs256Header), deflated), TokenFailure.Malformed);
        yield return new("a payload that is not encoded", Forge.SignParts(Forge.Encode("""{"alg":"RS256","b64":false,"crit":["b64"]}"""), GoodClaims.Json), TokenFailure.Malformed);
        yield return new("a detached payload", Forge.SignParts(Forge.Encode(Forge.Rs256Header), ""), TokenFailure.Malformed);
        yield return new("a token in a token", Forge.Sign("""{"alg":"RS256","typ":"JWT","cty":"JWT"}""", Forge.Claims(GoodClaims.Json)), TokenFailure.Malformed);
    }

    private static IEnumerable<HostileToken> Encrypted()
    {
        string[] headers =
        [
            """{"alg":"RSA-OAEP","enc":"A256GCM"}""",
            """{"alg":"RSA1_5","enc":"A128CBC-HS256"}""",
            """{"alg":"dir","enc":"A256GCM"}""",
            """{"alg":"dir","enc":"A256GCM","zip":"DEF"}""",
            """{"alg":"RS256","enc":"A256GCM"}""",
            """{"alg":"RS256","typ":"JWT"}""",
            """{"alg":"none","enc":"none"}""",
            // CVE-2023-51775: the attacker chooses the work factor.
            """{"alg":"PBES2-HS256+A128KW","enc":"A128CBC-HS256","p2s":"AAAAAAAAAAA","p2c":2147483647}""",
        ];
        foreach (string header in headers)
        {
            yield return new($"five parts, {header}", $"{Forge.Encode(header)}.{Ciphertext}.{Ciphertext}.{Ciphertext}.{Ciphertext}", TokenFailure.Malformed);
            yield return new($"five parts without a key, {header}", $"{Forge.Encode(header)}..{Ciphertext}.{Ciphertext}.{Ciphertext}", TokenFailure.Malformed);
        }

        // CVE-2024-21319: a small token that inflates to 64 MiB.
        string bomb = Deflated(new string(' ', 64 * 1024 * 1024));
        string zipped = Forge.Encode("""{"alg":"dir","enc":"A128CBC-HS256","zip":"DEF"}""");
        yield return new("five parts with a bomb", $"{zipped}..{Ciphertext}.{bomb}.{Ciphertext}", TokenFailure.TooLong);
        string small = Deflated(new string(' ', 8 * 1024 * 1024));
        yield return new("five parts with a bomb that fits", $"{zipped}..{Ciphertext}.{small}.{Ciphertext}", TokenFailure.Malformed);
        yield return new("three parts with a bomb that fits", Forge.SignParts(Forge.Encode("""{"alg":"RS256","zip":"DEF"}"""), small), TokenFailure.UnsupportedHeader);
    }

    private static IEnumerable<HostileToken> Serialised()
    {
        string[] parts = Forge.Claims(GoodClaims.Json).Split('.');
        string flattened = $$"""{"protected":"{{parts[0]}}","payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""";
        yield return new("flattened JSON", flattened, TokenFailure.Malformed);
        yield return new("flattened JSON with an open header", $$"""{"header":{"alg":"none"},"protected":"{{parts[0]}}","payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""", TokenFailure.Malformed);
        yield return new("general JSON", $$"""{"payload":"{{parts[1]}}","signatures":[{"protected":"{{parts[0]}}","signature":"{{parts[2]}}"}]}""", TokenFailure.Malformed);
        yield return new("flattened JSON in base64url", Forge.Encode(flattened), TokenFailure.Malformed);
        yield return new("a JSON array of the parts", $"[\"{parts[0]}\",\"{parts[1]}\",\"{parts[2]}\"]", TokenFailure.Malformed);
        yield return new("a JSON string of the token", $"\"{string.Join('.', parts)}\"", TokenFailure.Malformed);

        // CVE-2022-39227: one reader takes the text for a compact token, another for JSON, and they read different claims.
        string forged = Forge.Encode(GoodClaims.With("scopes", "\"admin:all\""));
        yield return new("JSON and compact at once", $$"""{"{{parts[0]}}.{{forged}}.":"","protected":"{{parts[0]}}","payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""", TokenFailure.Malformed);
        yield return new("compact with JSON in its first part", $$"""{"{{parts[0]}}.{{forged}}.{{parts[2]}}"}""", TokenFailure.Malformed);
    }

    private static string Deflated(string text)
    {
        using var buffer = new MemoryStream();
        using (var deflate = new DeflateStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(Encoding.ASCII.GetBytes(text));
        return Forge.Encode(buffer.ToArray());
    }
}
