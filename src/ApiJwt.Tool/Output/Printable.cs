using System.Globalization;
using System.Text;

namespace ApiJwts.Tool.Output;

/// <summary>
/// Escapes invisible characters in untrusted text. In a terminal, they could hide or fake lines, or reverse the direction of the text.
/// </summary>
internal static class Printable
{
    public static string Of(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (Rune character in text.EnumerateRunes())
        {
            if (IsVisible(character))
                printable.Append(character.ToString());
            else
                printable.Append(CultureInfo.InvariantCulture, $"\\u{{{character.Value:x}}}");
        }

        return printable.ToString();
    }

    private static bool IsVisible(Rune character) => Rune.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
