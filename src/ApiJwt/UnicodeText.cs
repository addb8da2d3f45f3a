using System.Buffers;
using System.Text;

namespace ApiJwts;

/// <summary>Checks that a string is well-formed UTF-16.</summary>
internal static class UnicodeText
{
    public const string LoneSurrogateFault = "contains a lone surrogate (half of a Unicode character)";

    /// <summary>Whether the text has no lone surrogate. UTF-8 cannot encode one, so the reader of the token would get a different text.</summary>
    public static bool IsWellFormed(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int consumed) != OperationStatus.Done)
                return false;
            rest = rest[consumed..];
        }

        return true;
    }
}
