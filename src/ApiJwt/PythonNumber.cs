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
        if (value < 0)
            return "-" + Format(-value);
        // .NET and Python find the same shortest round-trip digits, but do not use an exponent for the same numbers.
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        if (value is 0 or (>= 1e-4 and < 1e16))
            return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
        string[] parts = text.Split('E');
        string digits = parts[0];
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : digits.Length - 1;
        if (parts.Length == 1)
            digits = digits.TrimEnd('0').Insert(1, ".").TrimEnd('.');
        return string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent:+00;-00}");
    }
}
