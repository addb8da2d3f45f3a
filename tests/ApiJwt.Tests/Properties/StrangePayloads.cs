using CsCheck;

namespace Hudya.Tests.Properties;

/// <summary>Payloads that this library does not write, but that a signed token may have. Some of them are valid.</summary>
public static class StrangePayloads
{
    private static readonly Gen<string> Blank = Gen.Frequency((6, ""), (1, " "), (1, "\n\t\r "));

    private static readonly Gen<string> Number = Gen.OneOf(
        "0", "-0", "1", "-1", "0.5", "2.0", "3.1", "1e3", "4e9", "4E+9", "1e308", "1e999", "-1e999", "-1e300", "-1e19", "5e-324", "1300819380", "4102444800", "4102444800.75", "4102444800.9999999",
        "41024448e2", "253402300799", "253402300799.5", "253402300800", "-62135596800", "-62135596801", "9223372036854775807", "9223372036854775808",
        "18446744073709551616", "123456789012345678901234567890", "01", "1.", ".5", "+1", "0x10", "NaN", "Infinity");

    private static readonly Gen<string> Text = Gen.OneOf(
        "\"\"", "\"ann\"", "\"0\"", "\"2\"", "\"3.1\"", "\"3\"", "\" 3.1\"", "\"3,1\"", "\"nan\"", "\"-1\"", "\"1e3\"", "\"٣\"", "\"4102444800\"", "\"a,b\"", "\",,a,\"", "\"user:all\"",
        "\"auth_user\"", "\"\\u0061\\/\\n\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"å😀\u200D\"", "\"\uFEFF\"", "\"\t\"", "\"\\x\"", "\"a");

    private static readonly Gen<string> Literal = Gen.OneOf("true", "false", "null", "True", "undefined", "/*c*/1", "");

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, self) => depth >= 4
        ? Gen.OneOf<string>(Number, Text)
        : Gen.Frequency<string>(
            (5, Number), (6, Text), (1, Literal),
            (1, self.Array[0, 3].Select(values => $"[{string.Join(',', values)}]")),
            (1, Text.Array[0, 3].Select(values => $"[{string.Join(',', values)}]")),
            (1, Gen.Select(OtherName(), self).Array[0, 3].Select(members => $"{{{string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}"))));

    private static readonly Gen<string> Member =
        from name in Gen.Frequency(
            (6, Gen.OneOf("iss", "level", "factor", "target", "dnt", "scopes", "nbf", "iat", "jti", "aud")),
            (3, OtherName()),
            (1, Gen.OneOf("sub", "exp", "s\\u0075b", "e\\u0078p", "\\u006cevel", "SUB", "Exp", " exp", "sub\\u0000", "exp\uFEFF")))
        from value in Gen.Frequency((2, Value), (1, Fitting(name)))
        from blank in Blank
        select $"\"{name}\":{blank}{value}";

    private static readonly Gen<string> Subject = Gen.Frequency(
        (8, Texts.Unicode(1, 6).Select(text => System.Text.Json.JsonSerializer.Serialize(text))), (1, Text), (1, Value))
        .Select(value => "\"sub\":" + value);

    private static readonly Gen<string> Expiry = Gen.Frequency(
        (8, Gen.OneOf("4102444800", "4102444800.75", "253402300799", "4e9", "41024448e2", "1300819380", "0", "-1")), (1, Number), (1, Value))
        .Select(value => "\"exp\":" + value);

    /// <summary>Most members are correct, so that many of the payloads are valid.</summary>
    public static Gen<string> Json { get; } =
        from subject in Subject
        from expiry in Expiry
        from others in Member.Array[0, 3]
        from members in Gen.Shuffle(new[] { subject, expiry }.Concat(others).ToArray())
        from before in Blank
        from after in Gen.Frequency((12, ""), (1, " \n"), (1, "\0"), (1, "{}"), (1, "/**/"), (1, ","))
        select $"{before}{{{string.Join(',', members)}}}{after}";

    private static Gen<string> OtherName() => Gen.OneOf("x", "y", "", "X", "é", "\\u0078", "tenant", "role");

    private static Gen<string> Fitting(string name) => name switch
    {
        "nbf" or "iat" => Gen.OneOf("0", "1300819380", "1300819380.5", "-1", "4102444799"),
        "level" => Gen.OneOf("\"3.1\"", "3.1", "0", "\"0.0\"", "2e0"),
        "dnt" => Gen.OneOf("\"0\"", "3", "\"1\""),
        "scopes" => Gen.OneOf("\"a,b\"", "[\"a\",\"b\"]", "\"\"", "[]"),
        _ => Text,
    };
}
