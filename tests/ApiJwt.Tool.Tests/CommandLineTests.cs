namespace Hudya.Tests.Tool;

/// <summary>Tests what all commands have in common: help, completion, error messages and colours.</summary>
public sealed class CommandLineTests : IDisposable
{
    // Escape sequences that set a colour or a weight.
    private const string Sgr = @"\u001b\[[0-9;]*m";

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("Required command was not provided.")]
    [InlineData("Did you mean one of the following?\nread", "raed")]
    [InlineData("Run 'apijwt keys --help' for the usage.", "keys")]
    [InlineData("Give --key FILE or --jwks URL.", "verify", "a.b.c")]
    [InlineData("--jwks takes an absolute address", "verify", "a.b.c", "--jwks", "jwks.json")]
    [InlineData("--allow-http has no effect without --jwks.", "verify", "a.b.c", "--key", "x", "--allow-http")]
    [InlineData("--key: there is no file with this name.", "verify", "a.b.c", "--key", "nothing.pem")]
    [InlineData("There is no file with this name", "keys", "show", "nothing.pem")]
    [InlineData("Option '--subject' is required.", "issue")]
    [InlineData("--ttl takes hours (0 to 23)", "issue", "--subject", "ann", "--ttl", "10")]
    [InlineData("--ttl takes hours (0 to 23)", "issue", "--subject", "ann", "--ttl", "24:00:00")]
    [InlineData("--ttl takes hours (0 to 23)", "issue", "--subject", "ann", "--ttl", "00:00:00")]
    [InlineData("--level takes a number with a point", "issue", "--subject", "ann", "--level", "3,1")]
    [InlineData("--extra takes NAME=TEXT", "issue", "--subject", "ann", "--extra", "name")]
    [InlineData("--extra takes NAME=TEXT", "issue", "--subject", "ann", "--extra", "name:=[1]")]
    [InlineData("--extra was given twice", "issue", "--subject", "ann", "--extra", "a=1", "--extra", "a=2")]
    [InlineData("--class has no effect without --assembly.", "issue", "--subject", "ann", "--class", "HudyaJwt")]
    [InlineData("--issuer has no effect with --assembly", "issue", "--subject", "ann", "--issuer", "me", "--assembly", "x.dll")]
    [InlineData("is reserved. Give the extra another name.", "issue", "--subject", "ann", "--extra", "exp=1")]
    [InlineData("The subject must be a non-empty string", "issue", "--subject", "")]
    public async Task A_mistake_ends_with_exit_code_2_and_says_what_to_do(string words, params string[] command) =>
        (await _work.RunAsync(command)).ShouldBeMistake($"*{words}*");

    public static TheoryData<string[]> Misplaced { get; } = new()
    {
        { [Secret] },
        { ["raed", Secret] },
        { ["keys", "new", Secret] },
        { ["keys", "show", "public.pem", Secret] },
        { ["keys", "show", Secret[..200]] },
        { ["jwks", Secret] },
        { ["read", Secret] },
        { ["verify", "a.b.c", "--key", Secret] },
        { ["verify", "a.b.c", "--kee", Secret] },
        { ["verify", "a.b.c", $"--kee={Secret}"] },
        { ["verify", "a.b.c", "--jwks", Secret] },
        { ["issue", "--subject", "ann", Secret] },
        { ["issue", "--subject", "ann", "--ttl", Secret] },
        { ["issue", "--subject", "ann", "--private-key", Secret] },
        { ["issue", "--subject", "ann", "--assembly", Secret] },
    };

    // A text like a private key, and one like a token.
    private static string Secret => TestKeys.Ours.PrivateKeyForEnvironment;

    [Theory]
    [MemberData(nameof(Misplaced))]
    public async Task A_key_or_a_token_in_the_wrong_place_is_not_repeated(string[] command)
    {
        ToolAnswer answer = await _work.RunAsync(command);

        answer.ExitCode.Should().Be(2, answer.Output);
        (answer.Output + answer.Errors).Should().NotContain(Secret[..30]);
    }

    [Theory]
    [InlineData("private.pem: this is a private key where a public one belongs.*", "verify", "a.b.c", "--key", "private.pem")]
    [InlineData("private.pem: this is a private key where a public one belongs.*", "jwks", "public.pem", "private.pem")]
    [InlineData("--private-key: this is a public key where the private one belongs.*", "issue", "--subject", "ann", "--private-key", "public.pem")]
    public async Task The_wrong_half_of_a_key_is_refused_with_the_message_of_the_library(string message, params string[] command)
    {
        _work.Write("public.pem", TestKeys.Ours.PublicKeyPem);
        _work.Write("private.pem", TestKeys.Ours.PrivateKeyPem);

        (await _work.RunAsync(command)).ShouldBeMistake(message);
    }

    [Theory]
    [InlineData("keys", "new"), InlineData("keys", "show"), InlineData("jwks"), InlineData("read"), InlineData("verify"), InlineData("issue")]
    public async Task The_help_of_every_command_shows_an_example(params string[] command)
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
    public async Task The_shell_can_complete_a_command(string typed, params string[] words)
    {
        string line = $"apijwt {typed}";
        ToolAnswer answer = await _work.RunAsync($"[suggest:{line.Length}]", line);

        answer.Output.Split('\n').Should().Contain(words);
    }

    [Fact]
    public async Task A_terminal_has_colours() =>
        (await InTerminalAsync()).Output.Should().Contain("NOT VERIFIED").And.MatchRegex(Sgr);

    [Fact]
    public async Task A_terminal_has_no_colours_where_NO_COLOR_is_set() =>
        (await InTerminalAsync(("NO_COLOR", "1"))).Output.Should().Contain("NOT VERIFIED").And.NotMatchRegex(Sgr);

    [Fact]
    public async Task A_pipe_has_no_colours_even_in_a_CI()
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
