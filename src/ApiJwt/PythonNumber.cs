using System.Globalization;

namespace ApiJwts;

/// <summary>Formats numbers as the Python library writes them into claims.</summary>
internal static class PythonNumber
{
    /// <summary>Python's <c>str(int)</c>.</summary>
    public static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Python's <c>str(float)</c>: <c>3.0</c>, <c>3.1</c>, <c>1e+16</c>, <c>1e-05</c>.</summary>
    public static string Format(double value)
    {
        // .NET and Python find the same shortest round-trip digits, but place the point and the exponent differently.
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
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (point <= 0)
            return sign + "0." + new string('0', -point) + digits;
        return digits.Length <= point
            ? sign + digits.PadRight(point, '0') + ".0"
            : sign + digits[..point] + "." + digits[point..];
    }
}
