using System.Text.RegularExpressions;

namespace Hudya.Tests.Readme;

public partial class Every_link_leads_somewhere
{
    [Fact]
    public void A_relative_link_names_a_file_and_a_heading_that_exist() =>
        Page.All.SelectMany(page => LinksOf(page).Where(link => !IsAlive(page, link)).Select(link => $"{page.Path}: {link}")).Should().BeEmpty();

    [Fact]
    public void Every_page_is_linked_from_the_README()
    {
        string[] linked = [.. LinksOf(Page.Readme).Select(link => link.Split('#')[0])];

        // The forge itself shows the pages in .github where they are needed.
        Page.All.Select(page => page.Path).Where(path => path != Page.Readme.Path && !path.StartsWith(".github/", StringComparison.Ordinal))
            .Should().BeSubsetOf(linked, "readers find a page only through a link");
    }

    private static IEnumerable<string> LinksOf(Page page) =>
        Link().Matches(CodeSpan().Replace(page.Prose, "")).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

    private static bool IsAlive(Page page, string link)
    {
        string[] parts = link.Split('#');
        string path = parts[0].Length == 0
            ? Repository.PathOf(page.Path.Split('/'))
            : Path.GetFullPath(Path.Combine(Repository.PathOf(page.Path.Split('/')), "..", parts[0]));
        return (File.Exists(path) || Directory.Exists(path)) && (parts.Length == 1 || (AnchorsOf(path).Contains(parts[1], StringComparer.OrdinalIgnoreCase) && !parts[1].Any(char.IsUpper)));
    }

    /// <summary>The anchors of headings as the forge makes them: lower case, hyphens for blanks, no punctuation.</summary>
    private static IEnumerable<string> AnchorsOf(string path) =>
        Heading().Matches(Page.All.Single(page => Repository.PathOf(page.Path.Split('/')) == path).Prose)
            .Select(match => Punctuation().Replace(match.Groups["title"].Value, "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex Punctuation();
}
