namespace Hudya.Tests.Tool;

public sealed class Help_shows_an_example : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("keys", "new")]
    [InlineData("keys", "show")]
    [InlineData("jwks")]
    [InlineData("read")]
    [InlineData("verify")]
    [InlineData("issue")]
    public async Task Of_every_command(params string[] command)
    {
        ToolAnswer answer = await _work.RunAsync([.. command, "--help"]);

        answer.ExitCode.Should().Be(0, answer.Errors);
        answer.Output.Should().Contain("Usage:\n  apijwt").And.MatchRegex($@"Example:\n  .*apijwt {string.Join(' ', command)}");
    }

    [Theory]
    [InlineData("", "keys", "jwks", "read", "verify", "issue")]
    [InlineData("keys ", "new", "show")]
    [InlineData("verify --a", "--allow-http", "--audience")]
    [InlineData("keys new --bits ", "2048", "3072", "4096")]
    public async Task And_the_shell_can_complete_it(string typed, params string[] words)
    {
        string line = $"apijwt {typed}";
        ToolAnswer answer = await _work.RunAsync($"[suggest:{line.Length}]", line);

        answer.Output.Split('\n').Should().Contain(words);
    }
}
