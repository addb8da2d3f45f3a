using System.Globalization;

namespace Hudya.Tests.Support;

/// <summary>Cultures whose decimal signs, digits, letters, calendars or text directions differ from those of the invariant culture.</summary>
public static class Cultures
{
    public static TheoryData<string> Names => ["en-US", "nb-NO", "tr-TR", "ar-SA", "fa-IR", "th-TH", "zh-CN", Foreign];

    /// <summary>A made-up culture in which every sign of a number is different.</summary>
    public const string Foreign = "foreign";

    public static void Run(string name, Action action)
    {
        (CultureInfo culture, CultureInfo uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = name == Foreign ? MakeForeign() : CultureInfo.GetCultureInfo(name);
            action();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    private static CultureInfo MakeForeign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = "_";
        culture.NumberFormat.NegativeSign = "minus";
        culture.NumberFormat.PositiveSign = "plus";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }
}
