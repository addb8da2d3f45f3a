using CsCheck;

namespace Hudya.Tests.Properties;

/// <summary>Signed headers that this library does not write. Some of them are valid.</summary>
public static class StrangeHeaders
{
    private static readonly Gen<string> Blank = Gen.Frequency((6, ""), (1, " "), (1, "\r\n\t "));

    private static readonly Gen<string> Algorithm = Gen.Frequency(
        (12, Gen.Const("\"RS256\"")),
        (2, Gen.OneOf("\"\\u0052S256\"", "\"rs256\"", "\"RS256 \"", "\"RS384\"", "\"PS256\"", "\"HS256\"", "\"none\"", "\"\"", "null", "256", "[\"RS256\"]", "\"RS256\\u0000\"")));

    private static readonly Gen<string> Type = Gen.OneOf(
        "\"JWT\"", "\"jwt\"", "\"application/jwt\"", "\"at+jwt\"", "\"JWE\"", "\"\"", "null", "1", "[\"JWT\"]", "\"apijwt-revocations+jwt\"", "\"J\\u0057T\"");

    private static readonly Gen<string> Value = Gen.OneOf(
        "1", "-1", "1e999", "01", "true", "null", "\"\"", "\"x\"", "\"exp\"", "[]", "[\"exp\"]", "[\"b64\"]", "{}", "{\"alg\":\"none\"}", "\"http://127.0.0.1:1/\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"a", "[1,]", "NaN", "\"DEF\"", "false");

    private static readonly Gen<string> Member =
        from name in Gen.Frequency(
            (6, Gen.OneOf("kid", "typ", "cty", "jku", "jwk", "x5c", "x5t", "x5t#S256", "x5u", "x", "y", "nonce", "")),
            (1, Gen.OneOf("crit", "b64", "zip", "enc", "alg", "cri\\u0074", "\\u0061lg", "Alg", "KID", "ty\\u0070", "alg\\u0000")))
        from value in name == "typ" ? Type : Value
        from blank in Blank
        select $"\"{name}\":{blank}{value}";

    /// <summary>Most members are correct, so that many of the headers are valid.</summary>
    public static Gen<string> Json { get; } =
        from algorithm in Algorithm
        from others in Member.Array[0, 3]
        from members in Gen.Shuffle(others.Append($"\"alg\":{algorithm}").ToArray())
        from before in Blank
        from after in Gen.Frequency((12, ""), (1, " \n"), (1, "\0"), (1, "{}"), (1, "/**/"), (1, ","))
        select $"{before}{{{string.Join(',', members)}}}{after}";
}
