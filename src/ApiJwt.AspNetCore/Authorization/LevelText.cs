using System.Globalization;

namespace ApiJwts.AspNetCore.Authorization;

/// <summary>Formats a level as tokens do: <c>3.0</c>, <c>3.1</c>.</summary>
internal static class LevelText
{
    public static string Of(double level) => level.ToString("0.0###############", CultureInfo.InvariantCulture);
}
