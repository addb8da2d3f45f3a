namespace Hudya.Tests.Tool;

public sealed class Colour_is_for_terminals : IDisposable
{
    // The beginning of every escape sequence that sets a colour or a weight.
    private const string Sgr = @"\u001b\[[0-9;]*m";

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_terminal_has_it() =>
        (await InTerminalAsync()).Output.Should().Contain("NOT VERIFIED").And.MatchRegex(Sgr);

    [Fact]
    public async Task But_not_where_NO_COLOR_is_set() =>
        (await InTerminalAsync(("NO_COLOR", "1"))).Output.Should().Contain("NOT VERIFIED").And.NotMatchRegex(Sgr);

    [Fact]
    public async Task A_pipe_has_none_even_in_a_CI_that_could_show_it()
    {
        ToolAnswer answer = await _work.StartAsync("dotnet", [Workplace.ToolPath, "read", Forge.Claims(Forge.GoodPayload)], "", ("GITHUB_ACTIONS", "true"), ("CI", "true"));

        answer.Output.Should().Contain("NOT VERIFIED").And.NotContain("\u001b");
    }

    private async Task<ToolAnswer> InTerminalAsync(params (string, string)[] environment)
    {
        const string Terminal = "/usr/bin/script";
        if (!File.Exists(Terminal))
            MissingProgram.Report("The tool was not run in a terminal: there is no 'script'. Install it with: apt-get install bsdutils");
        ToolAnswer answer = await _work.StartAsync(
            Terminal, ["-qec", $"dotnet '{Workplace.ToolPath}' read {Forge.Claims(Forge.GoodPayload)}", "/dev/null"], "", [("TERM", "xterm-256color"), .. environment]);
        answer.ExitCode.Should().Be(0, answer.Output);
        return answer;
    }
}
