namespace ApiJwts;

/// <summary>The form of a list in a token, as in the Python library: a string of the elements, joined by commas.</summary>
internal static class CommaJoinedList
{
    public static string Join(IEnumerable<string> elements) => string.Join(',', elements);

    /// <summary>Why <paramref name="element"/> cannot be an element of the list; <see langword="null"/> if it can.</summary>
    public static string? FaultOf(string? element) => element switch
    {
        null or "" => "is empty",
        _ when element.Contains(',', StringComparison.Ordinal) => "contains a comma, so that a reader would split it into two values",
        _ when element.Any(char.IsControl) => "contains a control character",
        _ when !UnicodeText.IsWellFormed(element) => UnicodeText.LoneSurrogateFault,
        _ => null,
    };
}
