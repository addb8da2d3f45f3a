using System.Globalization;
using System.Text.RegularExpressions;
using Hudya.Tests.Attacks;

namespace Hudya.Tests.Readme;

public partial class SECURITY_is_true
{
    [Fact]
    public void The_number_of_hostile_tokens_on_the_page_is_right()
    {
        int stated = int.Parse(Count().Match(Page.At("SECURITY.md").Text).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

        Corpus.Count.Should().BeInRange(stated, stated + 199, "the page states the number in hundreds");
    }

    [GeneratedRegex(@"over ([\d,]+) hostile tokens")]
    private static partial Regex Count();
}
