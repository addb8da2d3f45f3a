using System.Text.RegularExpressions;
using Hudya.Tests.Support;

namespace Hudya.Tests.Readme;

public partial class CONTRIBUTING_is_true
{
    private static readonly string Text = Page.At("CONTRIBUTING.md").Text;

    [Fact]
    public void Every_project_has_its_line()
    {
        string[] projects =
        [
            .. new[] { "src", "tests" }.SelectMany(folder => Directory.GetDirectories(Repository.PathOf(folder)).Select(project => $"`{folder}/{Path.GetFileName(project)}/`")),
        ];

        Text.Split('\n').Where(line => line.StartsWith('|')).SelectMany(line => Folder().Matches(line.Split('|')[1]).Select(match => match.Value))
            .Should().BeEquivalentTo(projects);
    }

    [Fact]
    public void What_the_commands_name_is_there()
    {
        string[] paths = [.. Named().Matches(Text).Select(match => match.Value).Where(path => !path.Contains("/bin/", StringComparison.Ordinal))];

        paths.Should().HaveCountGreaterThan(5);
        paths.Where(path => !Path.Exists(Repository.PathOf(path.Split('/')))).Should().BeEmpty();
    }

    [GeneratedRegex(@"`(src|tests)/[\w.]+/`")]
    private static partial Regex Folder();

    [GeneratedRegex(@"(?<![\w/])(src|tests|\.ci|\.github)/[\w./]*\w")]
    private static partial Regex Named();
}
