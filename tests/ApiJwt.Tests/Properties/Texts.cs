using System.Text;
using CsCheck;

namespace Hudya.Tests.Properties;

/// <summary>Generated texts: of whole Unicode characters, or of any UTF-16 units.</summary>
public static class Texts
{
    private static readonly Gen<Rune> AnyRune = Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(value => new Rune(value));

    private static readonly Gen<Rune> Character = Gen.Frequency(
        (6, Gen.Int[' ', '~'].Select(value => new Rune(value))),
        (1, Gen.Int[0, 0x9F].Select(value => new Rune(value))),
        (2, Gen.Int[0xA0, 0x7FF].Select(value => new Rune(value))),
        (2, AnyRune));

    /// <summary>Any Unicode characters, including control characters and unassigned ones.</summary>
    public static Gen<string> Unicode(int shortest, int longest) => Character.Array[shortest, longest].Select(runes => string.Concat(runes));

    /// <summary>Texts that a list may contain: not empty, without a control character and without a comma.</summary>
    public static Gen<string> Element { get; } = Unicode(1, 12).Where(text => !text.Any(c => char.IsControl(c) || c == ','));

    /// <summary>Any UTF-16 units, including lone surrogates.</summary>
    public static Gen<string> Utf16 { get; } = Gen.Frequency(
        (3, Gen.Char['\0', '\uFFFF']),
        (1, Gen.Char['\uD800', '\uDFFF']),
        (3, Gen.Char[".-_AQaz09=+/ {}\"\n\uFEFF"])).Array[0, 60].Select(units => new string(units));
}
