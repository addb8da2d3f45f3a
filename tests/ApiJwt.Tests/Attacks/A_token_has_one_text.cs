namespace Hudya.Tests.Attacks;

/// <summary>
/// If a token could be written in two ways, the second text would bypass a deny-list or a cache. Each token here is signed in
/// its changed form, so that the encoding is its only fault.
/// </summary>
public class A_token_has_one_text
{
    private static readonly string[] Parts = ["header", "payload", "signature"];

    public static HostileFamily Family { get; } = new("base64url", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_part_that_is_not_canonical_base64url_is_refused(string name) => Family.ShouldRefuse(name);

    private static IEnumerable<HostileToken> Tokens()
    {
        (string Name, Func<string, string> Spoil)[] spellings =
        [
            ("one padding character", part => part + "="),
            ("two padding characters", part => part + "=="),
            ("padding to a multiple of four", part => part.PadRight((part.Length + 3) / 4 * 4, '=') + (part.Length % 4 == 0 ? "====" : "")),
            ("padding in the middle", part => part.Insert(8, "=")),
            ("padding as a percent escape", part => part + "%3D"),
            ("a blank before", part => " " + part),
            ("a blank after", part => part + " "),
            ("a blank inside", part => part.Insert(8, " ")),
            ("a tab inside", part => part.Insert(8, "\t")),
            ("a line break inside", part => part.Insert(8, "\n")),
            ("a line break after", part => part + "\n"),
            ("CRLF inside", part => part.Insert(8, "\r\n")),
            ("CRLF after", part => part + "\r\n"),
            ("a form feed inside", part => part.Insert(8, "\f")),
            ("NUL before", part => "\0" + part),
            ("NUL inside", part => part.Insert(8, "\0")),
            ("NUL after", part => part + "\0"),
            ("DEL inside", part => part.Insert(8, "\u007F")),
            ("a plus sign", part => part.Remove(8, 1).Insert(8, "+")),
            ("a slash", part => part.Remove(8, 1).Insert(8, "/")),
            ("a percent escape", part => $"{part[..8]}%{(int)part[8]:X2}{part[9..]}"),
            ("a comma inside", part => part.Insert(8, ",")),
            ("a backslash inside", part => part.Insert(8, "\\")),
            ("a quote inside", part => part.Insert(8, "\"")),
            ("a byte-order mark before", part => "\uFEFF" + part),
            ("a zero-width space inside", part => part.Insert(8, "\u200B")),
            ("a soft hyphen inside", part => part.Insert(8, "\u00AD")),
            ("a no-break space after", part => part + "\u00A0"),
            ("a combining accent inside", part => part.Insert(8, "\u0301")),
            ("a fullwidth letter", part => part.Remove(8, 1).Insert(8, "\uFF21")),
            ("a fullwidth digit", part => part.Remove(8, 1).Insert(8, "\uFF11")),
            ("a Cyrillic letter", part => part.Remove(8, 1).Insert(8, "\u0430")),
            ("the Kelvin sign for K", part => part.Remove(8, 1).Insert(8, "\u212A")),
            ("the long s for s", part => part.Remove(8, 1).Insert(8, "\u017F")),
            ("a Unicode hyphen for -", part => part.Remove(8, 1).Insert(8, "\u2010")),
            ("an Arabic digit", part => part.Remove(8, 1).Insert(8, "\u0661")),
            ("a letter whose low byte is A", part => part.Remove(8, 1).Insert(8, "\u0141")),
            ("a lone surrogate", part => part.Insert(8, "\uD800")),
            ("an emoji", part => part.Insert(8, "\U0001F511")),
            ("one character more than whole bytes", part => part.PadRight((part.Length + 3) / 4 * 4, 'A') + "A"),
        ];
        foreach ((string name, Func<string, string> spoil) in spellings)
        {
            foreach (string part in Parts)
                yield return new($"{name} in the {part}", Spelled(part, spoil), TokenFailure.Malformed);
        }

        yield return new("fullwidth dots", Forge.Claims(GoodClaims.Json).Replace('.', '\uFF0E'), TokenFailure.Malformed);
        yield return new("ideographic dots", Forge.Claims(GoodClaims.Json).Replace('.', '\u3002'), TokenFailure.Malformed);
        yield return new("percent-escaped dots", Forge.Claims(GoodClaims.Json).Replace(".", "%2E", StringComparison.Ordinal), TokenFailure.Malformed);
        yield return new("hexadecimal instead", Convert.ToHexString("{}"u8) + "." + Convert.ToHexString("{}"u8) + ".00", TokenFailure.Malformed);

        foreach (HostileToken token in SpareBits())
            yield return token;
    }

    /// <summary>Two or four bits of the last character of a part can belong to no byte. A lax decoder ignores them.</summary>
    private static IEnumerable<HostileToken> SpareBits()
    {
        // Blanks after the object give the part a length at which its last character has spare bits.
        foreach ((int remainder, int spare) in ((int, int)[])[(1, 15), (2, 3)])
        {
            string header = Forge.Encode(Padded(Forge.Rs256Header, remainder));
            string payload = Forge.Encode(Padded(GoodClaims.Json, remainder));
            for (int bits = 1; bits <= spare; bits++)
            {
                yield return new($"spare bits {bits} of {spare} set in the header", Forge.SignParts(Raised(header, bits), payload), TokenFailure.Malformed);
                yield return new($"spare bits {bits} of {spare} set in the payload", Forge.SignParts(header, Raised(payload, bits)), TokenFailure.Malformed);
            }
        }

        // 256 is a multiple of three plus one, so the last character of a signature has four spare bits.
        string token = Forge.Claims(GoodClaims.Json);
        for (int bits = 1; bits <= 15; bits++)
            yield return new($"spare bits {bits} of 15 set in the signature", Raised(token, bits), TokenFailure.Malformed);
    }

    private static string Padded(string json, int remainder) => json + new string(' ', (remainder - (json.Length % 3) + 3) % 3);

    private static string Raised(string part, int bits)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return part[..^1] + alphabet[alphabet.IndexOf(part[^1], StringComparison.Ordinal) | bits];
    }

    private static string Spelled(string which, Func<string, string> spoil)
    {
        string header = Forge.Encode(Forge.Rs256Header);
        string payload = Forge.Encode(GoodClaims.Json);
        if (which == "header")
            return Forge.SignParts(spoil(header), payload);
        if (which == "payload")
            return Forge.SignParts(header, spoil(payload));
        string[] parts = Forge.SignParts(header, payload).Split('.');
        return $"{parts[0]}.{parts[1]}.{spoil(parts[2])}";
    }
}
