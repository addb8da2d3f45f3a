using System.Globalization;
using System.Text;

namespace ApiJwts;

/// <summary>How values stand on the wire, to the character as the Python library writes them.</summary>
internal static class WireText
{
    /// <summary>The last second of the year 9999, where RFC 3339, <see cref="DateTimeOffset"/> and Python's datetime end.</summary>
    public const long LatestSecond = 253402300799;

    public const string HalfCharacter = "contains half of a Unicode character (a lone surrogate)";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Python's <c>str(float)</c>: <c>3.0</c>, <c>3.1</c>, <c>1e+16</c>, <c>1e-05</c>.</summary>
    public static string Of(double value)
    {
        // Both languages print the shortest digits that read back as the same number, but lay them out differently.
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        string sign = text.StartsWith('-') ? "-" : "";
        string[] parts = text[sign.Length..].Split('E');
        string[] decimals = parts[0].Split('.');
        string digits = (decimals[0] + (decimals.Length > 1 ? decimals[1] : "")).TrimStart('0');
        int point = decimals[0].Length + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        point -= decimals[0].Length + (decimals.Length > 1 ? decimals[1].Length : 0) - digits.Length;
        digits = digits.TrimEnd('0');
        if (digits.Length == 0)
            return sign + "0.0";

        int exponent = point - 1;
        if (exponent is < -4 or >= 16)
        {
            // It is not 0 here, so that it matters nothing which sign a 0 would get.
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (point <= 0)
            return sign + "0." + new string('0', -point) + digits;
        return digits.Length <= point
            ? sign + digits.PadRight(point, '0') + ".0"
            : sign + digits[..point] + "." + digits[point..];
    }

    /// <summary>Whether the text has no lone surrogate, which UTF-8 cannot carry: it would arrive as another text.</summary>
    public static bool IsWellFormed(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int consumed) != System.Buffers.OperationStatus.Done)
                return false;
            rest = rest[consumed..];
        }

        return true;
    }

    /// <summary>Why <paramref name="element"/> cannot stand in a comma-joined list; <see langword="null"/> if it can.</summary>
    public static string? FaultOfElement(string? element) => element switch
    {
        null or "" => "is empty",
        _ when element.Contains(',', StringComparison.Ordinal) => "contains a comma, which would make it two values on the wire: each is an element of its own",
        _ when element.Any(char.IsControl) => "contains a control character",
        _ when !IsWellFormed(element) => HalfCharacter,
        _ => null,
    };
}
