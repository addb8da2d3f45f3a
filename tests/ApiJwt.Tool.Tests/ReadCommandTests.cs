using System.Globalization;

namespace Hudya.Tests.Tool;

/// <summary>Tests the command <c>apijwt read</c>, which shows a token without verifying it.</summary>
public sealed class ReadCommandTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task The_output_says_first_that_nothing_was_verified()
    {
        ToolAnswer answer = await _work.RunAsync("read", Forge.Claims(Forge.GoodPayload));

        answer.ExitCode.Should().Be(0, answer.Errors);
        answer.Output.Split('\n')[1].Should().Contain("NOT VERIFIED");
        answer.Output.Should().Contain("apijwt verify");
    }

    [Fact]
    public async Task Header_and_claims_are_shown_in_their_order()
    {
        ToolAnswer answer = await _work.RunAsync("read", Forge.Claims("""{"sub":"ann","level":"3.1","factor":"","admin":true,"roles":["a","b"]}"""));

        answer.Output.Should().EndWith("""
            header
              alg  RS256
              typ  JWT
            claims
              sub     ann
              level   3.1
              factor  ""
              admin   true
              roles   ["a","b"]

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("""{"exp":4102444800}""", "2100-01-01 00:00:00Z, in ")]
    [InlineData("""{"nbf":0}""", "1970-01-01 00:00:00Z, ")]
    [InlineData("""{"iat":1234567890.5}""", "2009-02-13 23:31:30Z, ")]
    [InlineData("""{"exp":1e300}""", "1e300")]
    [InlineData("""{"exp":"4102444800"}""", "4102444800")]
    public async Task A_time_is_shown_as_a_date_if_it_is_one(string claims, string shown) =>
        (await _work.RunAsync("read", Forge.Claims(claims))).Fact(claims[2..5]).Should().StartWith(shown);

    [Theory]
    [InlineData(720, "in 12 minutes")]
    [InlineData(-3 * 3600, "3 hours ago")]
    [InlineData(10 * 86400, "in 10 days")]
    [InlineData(-3 * 366 * 86400, "3 years ago")]
    public async Task A_time_is_shown_with_its_distance_from_now(int seconds, string distance)
    {
        long moment = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;
        ToolAnswer answer = await _work.RunAsync("read", Forge.Claims(string.Create(CultureInfo.InvariantCulture, $$"""{"exp":{{moment}}}""")));

        answer.Fact("exp").Should().EndWith($"Z, {distance}");
    }

    [Fact]
    public async Task A_claim_cannot_control_the_terminal()
    {
        // Colours, a line break, right-to-left text, an invisible blank, and markup of the console library.
        const string Claims = """{"sub":"a\u001b[31mb\nVALID\u009b0m\u202ec\u200bd[red]e","\u001b[2J":"x"}""";

        ToolAnswer answer = await _work.RunAsync("read", Forge.Claims(Claims));

        answer.Output.Should().Contain(@"a\u{1b}[31mb\u{a}VALID\u{9b}0m\u{202e}c\u{200b}d[red]e").And.Contain(@"\u{1b}[2J");
        answer.Output.Where(character => char.IsControl(character) && character != '\n').Should().BeEmpty();
    }

    [Fact]
    public async Task The_JSON_output_says_that_nothing_was_verified()
    {
        ToolAnswer answer = await _work.RunAsync("read", Forge.Claims(Forge.GoodPayload), "--json");

        answer.Json["verified"]!.GetValue<bool>().Should().BeFalse();
        answer.Json["header"]!["alg"]!.GetValue<string>().Should().Be("RS256");
        answer.Json["claims"]!["exp"]!.GetValue<long>().Should().Be(4102444800);
    }

    [Theory]
    [InlineData("hello", "three parts")]
    [InlineData("a.b.c.d.e", "encrypted")]
    [InlineData("!.e30.AA", "its header is not a JSON object")]
    [InlineData("e30.W10.AA", "its payload is not a JSON object")]
    // The payload is {"a":"\ud800"}.
    [InlineData("e30.eyJhIjoiXHVkODAwIn0.AA", "its payload is not a JSON object")]
    public async Task A_text_that_is_no_token_is_explained_in_one_sentence(string text, string why)
    {
        ToolAnswer answer = await _work.RunAsync("read", text);

        answer.ShouldBeMistake($"*{why}*");
        answer.Errors.Trim().Should().NotContain("\n");
    }
}
