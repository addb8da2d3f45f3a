namespace Hudya.Tests.Tool;

public sealed class A_token_comes_from_an_argument_or_a_pipe : IDisposable
{
    private readonly Workplace _work = new();
    private readonly string _token = Forge.Claims(Forge.GoodPayload);

    public A_token_comes_from_an_argument_or_a_pipe() => _work.Write("public.pem", TestKeys.Ours.PublicKeyPem);

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task As_it_stands_it_is_taken_without_a_word()
    {
        ToolAnswer[] answers =
        [
            await _work.RunAsync("verify", _token, "--key", "public.pem"),
            await _work.PipeAsync(_token, "verify", "--key", "public.pem"),
            await _work.PipeAsync(_token, "verify", "-", "--key", "public.pem"),
            // As every program ends what it prints.
            await _work.PipeAsync(_token + "\n", "verify", "--key", "public.pem"),
            await _work.PipeAsync(_token + "\r\n", "verify", "--key", "public.pem"),
        ];

        answers.Should().OnlyContain(answer => answer.ExitCode == 0 && answer.Errors.Length == 0);
    }

    [Theory]
    [InlineData("Bearer {0}", "'Bearer'")]
    [InlineData("bearer  {0}", "'Bearer'")]
    [InlineData("\n{0}\n\n", "line breaks")]
    [InlineData("\r\n Bearer {0}\r\n\r\n", "line breaks, 'Bearer'")]
    [InlineData("  {0} ", "blanks")]
    [InlineData("Authorization: Bearer {0}\n", "'Authorization:', 'Bearer'")]
    [InlineData("\"{0}\"\n", "quotes")]
    public async Task What_was_copied_along_is_left_out_and_named(string form, string leftOut)
    {
        ToolAnswer answer = await _work.PipeAsync(form.Replace("{0}", _token, StringComparison.Ordinal), "verify", "--key", "public.pem");

        answer.ExitCode.Should().Be(0, answer.Output);
        answer.Errors.Should().Be($"Left out around the token: {leftOut}. A service refuses a token that has them.\n");
    }

    [Fact]
    public async Task Two_words_on_the_command_line_are_one_token()
    {
        ToolAnswer answer = await _work.RunAsync("verify", "Bearer", _token, "--key", "public.pem");

        answer.ExitCode.Should().Be(0, answer.Output);
        answer.Errors.Should().Contain("'Bearer'");
    }

    [Fact]
    public async Task Line_breaks_within_a_token_are_not_taken_out()
    {
        ToolAnswer answer = await _work.PipeAsync(_token.Insert(40, "\n"), "verify", "--key", "public.pem");

        answer.ExitCode.Should().Be(1);
        answer.Fact("reason").Should().Contain("without 'Bearer ', spaces or line breaks");
    }

    [Fact]
    public async Task An_empty_pipe_is_no_token() =>
        (await _work.PipeAsync("", "verify", "--key", "public.pem", "--json")).Json["failure"]!.GetValue<string>().Should().Be("Missing");
}
