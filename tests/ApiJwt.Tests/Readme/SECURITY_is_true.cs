using System.Globalization;
using System.Text.RegularExpressions;
using Hudya.Tests.Attacks;
using Hudya.Tests.Support;

namespace Hudya.Tests.Readme;

public partial class SECURITY_is_true
{
    private static readonly string Text = Page.At("SECURITY.md").Text;

    [Fact]
    public void In_how_many_hostile_tokens_there_are()
    {
        int stated = int.Parse(Count().Match(Text).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

        Corpus.Count.Should().BeInRange(stated, stated + 199, "the number is to be brought up to date");
    }

    /// <summary>The test that holds it is <see cref="A_hostile_token_leaves_no_trace_of_its_text"/>.</summary>
    [Fact]
    public void In_what_it_says_of_exceptions() => Text.Should().Contain("No exception that a token causes reaches a caller, a log or a trace");

    [Fact]
    public void In_where_the_tests_are()
    {
        string[] folders = [.. Folder().Matches(Text).Select(match => match.Groups[1].Value)];

        folders.Should().HaveCountGreaterThan(4);
        folders.Where(folder => !Directory.Exists(Repository.PathOf(folder.Split('/'))) && !Directory.Exists(Repository.PathOf("tests", "ApiJwt.Tests", folder)))
            .Should().BeEmpty();
    }

    [GeneratedRegex(@"over ([\d,]+) hostile tokens")]
    private static partial Regex Count();

    // `Advisories`, or `tests/ApiJwt.Fuzz`, in the sentence about the tests.
    [GeneratedRegex(@"(?<=Every row has tests:[^\n]*)`([\w./]+)`")]
    private static partial Regex Folder();
}
