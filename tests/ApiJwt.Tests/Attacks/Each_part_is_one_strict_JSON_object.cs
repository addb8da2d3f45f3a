using System.Text;
using System.Text.Json;

namespace Hudya.Tests.Attacks;

/// <summary>If one JSON reader accepts what another refuses, two services can understand a token differently.</summary>
public class Each_part_is_one_strict_JSON_object
{
    public static HostileFamily Family { get; } = new("JSON text", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_header_or_payload_that_is_not_strict_JSON_is_refused(string name) => Family.ShouldRefuse(name);

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach ((string name, Func<string, string> spoil) in Texts())
        {
            yield return new($"{name}, in the header", Forge.Sign(spoil(Forge.Rs256Header), GoodClaims.Json), TokenFailure.Malformed);
            yield return new($"{name}, in the payload", Forge.Claims(spoil(GoodClaims.Json)), TokenFailure.Malformed);
        }

        foreach ((string name, Func<byte[], byte[]> spoil) in Bytes())
        {
            byte[] header = Encoding.UTF8.GetBytes(Forge.Rs256Header);
            byte[] payload = Encoding.UTF8.GetBytes(GoodClaims.Json);
            yield return new($"{name}, in the header", Forge.SignBytes(spoil(header), payload), TokenFailure.Malformed);
            yield return new($"{name}, in the payload", Forge.SignBytes(header, spoil(payload)), TokenFailure.Malformed);
        }
    }

    private static IEnumerable<(string Name, Func<string, string> Spoil)> Texts() =>
    [
        ("text after the object", json => json + "x"),
        ("a comma after the object", json => json + ","),
        ("a brace after the object", json => json + "}"),
        ("a second object after the object", json => json + "{}"),
        ("the object twice", json => json + json),
        ("the object twice, with a line break between", json => json + "\n" + json),
        ("a number after the object", json => json + " 0"),
        ("a line comment after the object", json => json + "//"),
        ("a block comment after the object", json => json + "/**/"),
        ("a block comment before the object", json => "/**/" + json),
        ("a block comment inside", json => Inside(json, "/**/")),
        ("a line comment inside", json => Inside(json, "//\n")),
        ("a hash comment inside", json => Inside(json, "#\n")),
        ("NUL after the object", json => json + "\0"),
        ("NUL before the object", json => "\0" + json),
        ("NUL inside", json => Inside(json, "\0")),
        ("a form feed before the object", json => "\f" + json),
        ("a no-break space before the object", json => "\u00A0" + json),
        ("a byte-order mark", json => "\uFEFF" + json),
        ("a byte-order mark after the object", json => json + "\uFEFF"),
        ("text before the object", json => "x" + json),
        ("the XSSI guard before the object", json => ")]}',\n" + json),
        ("a record separator before the object", json => "\u001E" + json),
        ("an array around the object", json => $"[{json}]"),
        ("a string around the object", json => JsonSerializer.Serialize(json)),
        ("a parenthesis around the object", json => $"({json})"),
        ("a callback around the object", json => $"f({json})"),
        ("an object around the object without a name", json => $$"""{{{json}}}"""),
        ("a trailing comma", json => json[..^1] + ",}"),
        ("a leading comma", json => "{," + json[1..]),
        ("two commas", json => Inside(json, "\"x\":1,,")),
        ("no comma", json => Inside(json, "\"x\":1 ")),
        ("no closing brace", json => json[..^1]),
        ("half of it", json => json[..(json.Length / 2)]),
        ("no opening brace", json => json[1..]),
        ("single quotes", json => json.Replace('"', '\'')),
        ("names without quotes", json => Inside(json, "x:1,")),
        ("an equals sign for a colon", json => Inside(json, "\"x\"=1,")),
        ("a member without a value", json => Inside(json, "\"x\":,")),
        ("a member without a colon", json => Inside(json, "\"x\",")),
        ("a number for a name", json => Inside(json, "1:1,")),
        ("null for a name", json => Inside(json, "null:1,")),
        ("a trailing comma in an array", json => Inside(json, "\"x\":[1,],")),
        ("an array that is not closed", json => Inside(json, "\"x\":[1,")),
        ("an array closed with a brace", json => Inside(json, "\"x\":[1},")),
        ("NaN", json => Inside(json, "\"x\":NaN,")),
        ("Infinity", json => Inside(json, "\"x\":Infinity,")),
        ("-Infinity", json => Inside(json, "\"x\":-Infinity,")),
        ("undefined", json => Inside(json, "\"x\":undefined,")),
        ("True", json => Inside(json, "\"x\":True,")),
        ("a number with a plus sign", json => Inside(json, "\"x\":+1,")),
        ("a number with a leading zero", json => Inside(json, "\"x\":01,")),
        ("a number with a leading point", json => Inside(json, "\"x\":.5,")),
        ("a number with a trailing point", json => Inside(json, "\"x\":5.,")),
        ("a number without its exponent", json => Inside(json, "\"x\":1e,")),
        ("a number in hexadecimal", json => Inside(json, "\"x\":0x10,")),
        ("a number with underscores", json => Inside(json, "\"x\":1_000,")),
        ("a minus sign alone", json => Inside(json, "\"x\":-,")),
        ("a line break in a string", json => Inside(json, "\"x\":\"a\nb\",")),
        ("a tab in a string", json => Inside(json, "\"x\":\"a\tb\",")),
        ("NUL in a string", json => Inside(json, "\"x\":\"a\0b\",")),
        ("an escape that is none", json => Inside(json, "\"x\":\"\\x41\",")),
        ("an escape of a single quote", json => Inside(json, "\"x\":\"\\'\",")),
        ("an escape that is cut off", json => Inside(json, "\"x\":\"\\u00\",")),
        ("an escape of control characters for digits", json => Inside(json, "\"x\":\"\\u\u0010\u0010\u0014\u0011\",")),
        ("an escape that is none, before what could be another member", json => Inside(json, "\"x\":\"\\q,\"y\":1,")),
        ("an escaped surrogate alone, before what could be another member", json => Inside(json, "\"x\":\"\\ud800,\"y\":1,")),
        ("an escaped low surrogate alone, before what could be another member", json => Inside(json, "\"x\":\"\\udc00,\"y\":1,")),
        ("the end within a string", json => json[..^2]),
        ("the end within an escape", _ => "{\"x\":\"\\"),
        ("an escaped high surrogate alone", json => Inside(json, "\"x\":\"\\ud800\",")),
        ("an escaped low surrogate alone", json => Inside(json, "\"x\":\"\\udc00\",")),
        ("escaped surrogates in reverse", json => Inside(json, "\"x\":\"\\udc00\\ud800\",")),
        ("an escaped surrogate and a letter", json => Inside(json, "\"x\":\"\\ud800a\",")),
        ("an escaped surrogate in a name", json => Inside(json, "\"\\ud800\":1,")),
        ("an escaped surrogate in an array", json => Inside(json, "\"x\":[\"\\ud800\"],")),
        ("an escaped surrogate in a nested value", json => Inside(json, "\"x\":{\"y\":[{\"z\":\"\\udfff\"}]},")),
        ("an escaped surrogate in a nested name", json => Inside(json, "\"x\":{\"\\ud800\":1},")),
        ("null", _ => "null"),
        ("true", _ => "true"),
        ("a number", _ => "4102444800"),
        ("a string", _ => "\"text\""),
        ("an array", _ => "[]"),
        ("blanks", _ => "    "),
        ("a brace", _ => "{"),
        ("a closing brace", _ => "}"),
        ("form fields", _ => "alg=RS256&sub=ann"),
        ("XML", _ => "<sub>ann</sub>"),
        ("YAML", _ => "alg: RS256\nsub: ann"),
    ];

    private static IEnumerable<(string Name, Func<byte[], byte[]> Spoil)> Bytes() =>
    [
        ("one zero byte for all", _ => [0]),
        ("UTF-16", bytes => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))),
        ("UTF-16 big-endian", bytes => Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(bytes))),
        ("UTF-16 with its byte-order mark", bytes => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))]),
        ("UTF-32", bytes => Encoding.UTF32.GetBytes(Encoding.UTF8.GetString(bytes))),
        ("Latin-1", bytes => InString(bytes, 0xE9)),
        ("a byte that begins nothing", bytes => InString(bytes, 0xFF)),
        ("a continuation byte alone", bytes => InString(bytes, 0x80)),
        ("a character that is cut off", bytes => InString(bytes, 0xE2, 0x82)),
        ("an overlong quote", bytes => InString(bytes, 0xC0, 0xA2)),
        ("an overlong slash of three bytes", bytes => InString(bytes, 0xE0, 0x80, 0xAF)),
        ("an overlong NUL", bytes => InString(bytes, 0xC0, 0x80)),
        ("a surrogate in three bytes", bytes => InString(bytes, 0xED, 0xA0, 0x80)),
        ("surrogates in six bytes", bytes => InString(bytes, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80)),
        ("a character past the last", bytes => InString(bytes, 0xF4, 0x90, 0x80, 0x80)),
        ("a sequence of five bytes", bytes => InString(bytes, 0xF8, 0x88, 0x80, 0x80, 0x80)),
        ("half a byte-order mark", bytes => [0xEF, 0xBB, .. bytes]),
        ("a byte that begins nothing after the object", bytes => [.. bytes, 0xFF]),
        ("gzip", bytes => [0x1F, 0x8B, 0x08, .. bytes]),
        ("CBOR", _ => [0xA1, 0x63, 0x61, 0x6C, 0x67, 0x65, 0x52, 0x53, 0x32, 0x35, 0x36]),
    ];

    private static string Inside(string json, string text) => json.Insert(1, text);

    private static byte[] InString(byte[] json, params byte[] bytes) => [(byte)'{', .. "\"x\":\""u8, .. bytes, .. "\","u8, .. json[1..]];
}
