namespace ApiJwts.AspNetCore;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <param name="name">The name that is not known.</param>
    /// <param name="known">The names that are. There is at least one.</param>
    public static string Advice(string name, IEnumerable<string> known) => $"The nearest is '{known.MinBy(other => Distance(name, other))}'.";

    /// <summary>How many characters to insert, delete or replace (Levenshtein). Case counts only between names that are otherwise as near.</summary>
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
