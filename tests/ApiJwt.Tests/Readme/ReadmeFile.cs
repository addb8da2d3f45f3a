using System.Text.RegularExpressions;
using Hudya.Tests.Support;

namespace Hudya.Tests.Readme;

/// <summary>README.md, taken apart into what can be checked.</summary>
internal static partial class ReadmeFile
{
    public static string Text { get; } = Repository.Read("README.md");

    /// <summary>The fenced blocks of one language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string language) =>
        [.. AllBlocks.Where(block => block.Language == language).Select(block => block.Content)];

    public static IReadOnlyList<(string Language, string Content)> AllBlocks { get; } =
        [.. Fence().Matches(Text).Select(match => (match.Groups["language"].Value, match.Groups["content"].Value))];

    /// <summary>The cells of every table row that begins with a code span, by that span.</summary>
    public static IReadOnlyDictionary<string, string> RowsOf(string heading)
    {
        string section = Text[Text.IndexOf(heading, StringComparison.Ordinal)..];
        int next = section.IndexOf("\n## ", StringComparison.Ordinal);
        return Row().Matches(next < 0 ? section : section[..next])
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["rest"].Value);
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|(?<rest>.*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
