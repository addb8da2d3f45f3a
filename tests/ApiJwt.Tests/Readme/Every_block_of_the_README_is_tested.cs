using System.Text.RegularExpressions;
using Hudya.Tests.Support;

namespace Hudya.Tests.Readme;

public partial class Every_block_of_the_README_is_tested
{
    [Fact]
    public void A_csharp_block_is_a_region_of_the_test_sources()
    {
        string[] regions = [.. Directory.GetFiles(Repository.PathOf("tests", "ApiJwt.Tests", "Readme"), "*.cs")
            .SelectMany(file => Region().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            .Select(match => Dedent(match.Groups["content"].Value))];

        // What the ASP.NET Core package's README shows, its own tests compile and run.
        string guarding = Repository.Read("src", "ApiJwt.AspNetCore", "README.md");
        ReadmeFile.Blocks("csharp").Where(block => !guarding.Contains(block, StringComparison.Ordinal))
            .Should().BeEquivalentTo(regions, "a block that no test compiles goes stale, and a region that is not shown explains nothing");
    }

    [Fact]
    public void A_block_of_another_language_has_a_test_of_its_own()
    {
        // json and text: What_the_README_quotes_is_real. sh: The_commands_of_the_README_work.
        ReadmeFile.AllBlocks.Select(block => block.Language).Distinct().Should().BeSubsetOf(["csharp", "json", "sh", "text"]);
    }

    private static string Dedent(string code)
    {
        string[] lines = code.Split('\n');
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    [GeneratedRegex(@"^ *#region [^\n]*\n(?<content>.*?)^ *#endregion$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
