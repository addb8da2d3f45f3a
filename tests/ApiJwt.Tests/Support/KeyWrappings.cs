using System.Text.Json;

namespace Hudya.Tests.Support;

/// <summary>The forms that a PEM text takes in environment variables, YAML, .env files, secret stores and shells.</summary>
public static class KeyWrappings
{
    private static readonly Dictionary<string, Func<string, string>> All = new(StringComparer.Ordinal)
    {
        ["as it is"] = pem => pem,
        ["with CRLF"] = pem => pem.ReplaceLineEndings("\r\n"),
        ["with literal \\n"] = pem => pem.ReplaceLineEndings("\\n"),
        ["with literal \\r\\n"] = pem => pem.ReplaceLineEndings("\\r\\n"),
        ["with a literal \\n at the end"] = pem => pem.ReplaceLineEndings("\\n") + "\\n",
        ["with a line break at the end"] = pem => pem + "\n",
        ["in single quotes"] = pem => $"'{pem}'",
        ["in double quotes"] = pem => $"\"{pem}\"",
        ["in quotes in quotes"] = pem => $"'\"{pem}\"'",
        ["in quotes with literal \\n"] = pem => $"\"{pem.ReplaceLineEndings("\\n")}\"",
        ["in quotes in quotes with literal \\r\\n"] = pem => $"\"'{pem.ReplaceLineEndings("\\r\\n")}'\"",
        ["in quotes with blanks on both sides of them"] = pem => $" \" {pem} \" ",
        ["among blanks"] = pem => $"  \t{pem}  ",
        ["among line breaks"] = pem => $"\r\n\n{pem}\n\r\n",
        ["in one line with blanks for line breaks"] = pem => pem.ReplaceLineEndings(" "),
        ["indented"] = pem => "    " + pem.ReplaceLineEndings("\n    "),
        ["after a byte-order mark"] = pem => "\uFEFF" + pem,
        ["after a blank, a byte-order mark and a blank"] = pem => " \uFEFF " + pem,
        ["as base64"] = KeyForge.Base64,
        ["as base64, with CRLF"] = pem => KeyForge.Base64(pem.ReplaceLineEndings("\r\n")),
        ["as base64, with literal \\n"] = pem => KeyForge.Base64(pem.ReplaceLineEndings("\\n")),
        ["as base64, with a byte-order mark"] = pem => KeyForge.Base64("\uFEFF" + pem),
        ["as base64 in quotes"] = pem => $"\"{KeyForge.Base64(pem)}\"",
        ["as base64 in lines"] = pem => InLines(KeyForge.Base64(pem)),
        ["as base64 of base64"] = pem => KeyForge.Base64(KeyForge.Base64(pem)),
        ["as base64 of DER"] = DerOf,
        ["as base64 of DER in quotes"] = pem => $"'{DerOf(pem)}'",
        ["as base64 of DER in lines"] = pem => InLines(DerOf(pem)),
        ["as base64 of base64 of DER"] = pem => KeyForge.Base64(DerOf(pem)),
        ["in a JSON array"] = pem => Json(pem),
        ["in a JSON array, with literal \\n"] = pem => Json(pem.ReplaceLineEndings("\\n")),
        ["in a JSON array in quotes"] = pem => $"'{Json(pem)}'",
        ["in a JSON array among blanks"] = pem => $"\n[\n  {JsonSerializer.Serialize(pem)}\n]\n",
        ["in a JSON array, as base64"] = pem => Json(KeyForge.Base64(pem)),
        ["in a JSON array, as base64 of DER"] = pem => Json(DerOf(pem)),
        ["in a JSON array as base64"] = pem => KeyForge.Base64(Json(pem)),
        ["in a JSON array as base64, as base64"] = pem => KeyForge.Base64(Json(KeyForge.Base64(pem))),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>The rows of a theory: each kind of key in each wrapping.</summary>
    public static TheoryData<string, string> OfEach(IEnumerable<string> kinds) =>
        [.. from kind in kinds from wrapping in Names select (kind, wrapping)];

    public static string Wrap(string pem, string wrapping) => All[wrapping](pem);

    public static string Json(params string[] texts) => JsonSerializer.Serialize(texts);

    private static string DerOf(string pem) => Convert.ToBase64String(KeyForge.DerOf(pem));

    private static string InLines(string base64) => string.Join("\n", base64.Chunk(76).Select(line => new string(line)));
}
