using System.Globalization;

namespace ApiJwts.Tool.Output;

/// <summary>Formats a time for people: the date and time in UTC, and the distance from now.</summary>
internal static class Moment
{
    private static readonly (double Below, double Seconds, string Unit)[] Units =
    [
        (90, 1, "second"),
        (90 * 60, 60, "minute"),
        (36 * 3600, 3600, "hour"),
        (700 * 86400.0, 86400, "day"),
        (double.PositiveInfinity, 365.25 * 86400, "year"),
    ];

    public static string Of(DateTimeOffset moment, DateTimeOffset now) =>
        $"{moment.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}, {Distance(moment - now)}";

    private static string Distance(TimeSpan ahead)
    {
        double seconds = Math.Abs(ahead.TotalSeconds);
        (_, double length, string unit) = Array.Find(Units, unit => seconds < unit.Below);
        double count = Math.Round(seconds / length);
        string amount = string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
        return count == 0 ? "now" : ahead > TimeSpan.Zero ? $"in {amount}" : $"{amount} ago";
    }
}
