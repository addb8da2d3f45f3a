using System.Text.RegularExpressions;

namespace Hudya.Tests.Readme;

/// <summary>The code in the regions of this folder and of the tests of the ASP.NET Core package, as pages show it.</summary>
internal static partial class Regions
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { Repository.PathOf("tests", "ApiJwt.Tests", "Readme"), Repository.PathOf("tests", "ApiJwt.AspNetCore.Tests") }
            .SelectMany(folder => Directory.GetFiles(folder, "*.cs")).SelectMany(In),
    ];

    /// <summary>The regions of one file of this folder, in order.</summary>
    public static IReadOnlyList<string> Of(string file) => [.. In(Repository.PathOf("tests", "ApiJwt.Tests", "Readme", file))];

    private static IEnumerable<string> In(string path) =>
        Region().Matches(File.ReadAllText(path).ReplaceLineEndings("\n")).Select(match => Dedent(match.Groups["content"].Value));

    private static string Dedent(string code)
    {
        string[] lines = code.Split('\n');
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    [GeneratedRegex(@"^ *#region [^\n]*\n(?<content>.*?)^ *#endregion$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
