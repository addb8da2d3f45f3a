namespace ApiJwts.AspNetCore;

/// <summary>Suggests a known name for an unknown one.</summary>
internal static class NearestName
{
    /// <param name="name">The unknown name.</param>
    /// <param name="known">The known names. There is at least one.</param>
    public static string Advice(string name, IEnumerable<string> known) => $"Did you mean '{known.MinBy(other => Distance(name, other))}'?";

    /// <summary>The Levenshtein distance. Case counts only between names that are otherwise equally close.</summary>
    private static (int Letters, int Case) Distance(string name, string other) =>
        (Count(name.ToUpperInvariant(), other.ToUpperInvariant()), Count(name, other));

    private static int Count(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
