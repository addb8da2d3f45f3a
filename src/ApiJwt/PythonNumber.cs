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
        // .NET and Python find the same shortest round-trip digits. .NET uses an exponent from 1E+15 on, and Python from 1e+16 on.
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int end = text.IndexOf('E', StringComparison.Ordinal);
        if (end < 0)
            return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
        string mantissa = text[..end];
        int exponent = int.Parse(text[(end + 1)..], CultureInfo.InvariantCulture);
        if (exponent != 15)
            return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        string digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal).PadRight(17, '0');
        return $"{(value < 0 ? "-" : "")}{digits[..16]}.{digits[16..]}";
    }
}
