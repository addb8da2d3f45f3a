using System.Text.RegularExpressions;

namespace Hudya.Tests.Readme;

/// <summary>A test of the ASP.NET Core package, Telemetry_arrives_as_its_page_says, checks what the page says about metrics and traces.</summary>
public partial class The_telemetry_page_is_true
{
    [Fact]
    public void The_log_lines_on_the_page_are_those_of_the_sources()
    {
        IEnumerable<string> lines = new[] { "ApiJwt", "ApiJwt.AspNetCore", "ApiJwt.Redis" }
            .SelectMany(package => Directory.GetFiles(Repository.PathOf("src", package), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Message().Matches(File.ReadAllText(file)).Select(match => $"| {match.Groups["id"]} | {match.Groups["level"]} | {match.Groups["text"]} |"));

        Page.At("src/ApiJwt/docs/TELEMETRY.md").Text.Split('\n').Where(line => Row().IsMatch(line)).Should().BeEquivalentTo(lines);
    }

    [GeneratedRegex("""\[LoggerMessage\((?<id>\d+), LogLevel\.(?<level>\w+), "(?<text>[^"]+)"\)\]""")]
    private static partial Regex Message();

    [GeneratedRegex(@"^\| \d+ \|")]
    private static partial Regex Row();
}
