using System.Text.RegularExpressions;

namespace Hudya.Tests.Readme;

/// <summary>A page of documentation, split into the parts that tests check.</summary>
internal sealed partial class Page
{
    // The test projects of these packages check their pages.
    private static readonly string[] TestedElsewhere = ["src/ApiJwt.AspNetCore/README.md", "src/ApiJwt.OpenApi/README.md", "src/ApiJwt.Redis/README.md", "src/ApiJwt.Testing/README.md", "src/ApiJwt.Tool/README.md"];

    private Page(string path)
    {
        Path = path;
        Text = Repository.Read(path.Split('/'));
        Blocks = [.. Fence().Matches(Text).Select(match => (match.Groups["language"].Value, match.Groups["content"].Value))];
    }

    public static Page Readme { get; } = new("README.md");

    /// <summary>Every Markdown file of the repository.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Documents(Repository.Root, "").Order(StringComparer.Ordinal).Select(path => new Page(path))];

    /// <summary>README.md and the pages beside the code. Each of their blocks has a test in this folder.</summary>
    public static IReadOnlyList<Page> Tested { get; } =
        [.. All.Where(page => page.Path == "README.md" || (page.Path.StartsWith("src/", StringComparison.Ordinal) && !TestedElsewhere.Contains(page.Path)))];

    /// <summary>The path from the folder with the solution, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>The text without its fenced blocks, which contain no links and headings.</summary>
    public string Prose => Fence().Replace(Text, "");

    /// <summary>The fenced blocks, in order.</summary>
    public IReadOnlyList<(string Language, string Content)> Blocks { get; }

    public static Page At(string path) => All.Single(page => page.Path == path);

    /// <summary>The fenced blocks of one language, in order.</summary>
    public IReadOnlyList<string> BlocksOf(string language) =>
        [.. Blocks.Where(block => block.Language == language).Select(block => block.Content)];

    /// <summary>The table rows below a heading that begin with a code span, by the text of that span.</summary>
    public IReadOnlyDictionary<string, string> RowsOf(string heading)
    {
        string section = Text[Text.IndexOf(heading, StringComparison.Ordinal)..];
        int next = section.IndexOf("\n## ", StringComparison.Ordinal);
        return Row().Matches(next < 0 ? section : section[..next])
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["rest"].Value);
    }

    /// <summary>Folders that a build or an installer makes are left out, and so are hidden folders other than <c>.github</c>.</summary>
    private static IEnumerable<string> Documents(string folder, string prefix) =>
    [
        .. Directory.GetFiles(folder, "*.md").Select(file => prefix + System.IO.Path.GetFileName(file)),
        .. Directory.GetDirectories(folder)
            .Select(child => (Folder: child, Name: System.IO.Path.GetFileName(child)))
            .Where(child => child.Name is not ("bin" or "obj" or "node_modules" or "StrykerOutput") && (child.Name[0] != '.' || child.Name == ".github"))
            .SelectMany(child => Documents(child.Folder, $"{prefix}{child.Name}/")),
    ];

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|(?<rest>.*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
