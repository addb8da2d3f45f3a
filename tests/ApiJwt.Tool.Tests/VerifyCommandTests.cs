using System.Text.Json;

namespace Hudya.Tests.Tool;

/// <summary>Tests the command <c>apijwt verify</c> with keys from files, and the ways to give it a token.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private static readonly string Token = Forge.Claims(Forge.GoodPayload);

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    public VerifyCommandTests()
    {
        _work.Write("ours.pem", TestKeys.Ours.PublicKeyPem);
        _work.Write("second.pem", TestKeys.Second.PublicKeyPem);
    }

    [Fact]
    public async Task A_good_token_is_valid_with_any_of_the_keys()
    {
        ToolAnswer answer = await _work.RunAsync("verify", Token, "--key", "second.pem", "--key", "ours.pem");

        answer.ExitCode.Should().Be(0, answer.Errors);
        answer.Output.Split('\n')[1].Should().Contain("VALID");
        answer.Fact("sub").Should().Be("ann");
    }

    [Fact]
    public async Task A_forged_token_and_one_of_an_unknown_key_are_reported_differently()
    {
        string token = new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann" });
        string forged = $"{token[..token.LastIndexOf('.')]}.{Forge.Encode(new byte[256])}";

        ToolAnswer changed = await _work.RunAsync("verify", forged, "--key", "ours.pem");
        ToolAnswer unknown = await _work.RunAsync("verify", token, "--key", "second.pem");
        // A listed issuer must not change what is said about the key.
        ToolAnswer ofIssuer = await _work.RunAsync("verify", token, "--key", "second.pem", "--issuer", "auth_user");

        changed.ExitCode.Should().Be(1);
        changed.Output.Should().Contain("REFUSED: InvalidSignature");
        changed.Fact("reason").Should().StartWith("No key verifies the signature");
        (changed.Fact("its key"), changed.Fact("keys given")).Should().Be((TestKeys.Ours.KeyId, TestKeys.Ours.KeyId));
        changed.Fact("what to do").Should().StartWith("Do not trust it. It names a key that was given");
        (unknown.Fact("its key"), unknown.Fact("keys given")).Should().Be((TestKeys.Ours.KeyId, TestKeys.Second.KeyId));
        unknown.Fact("what to do").Should().StartWith("Do not trust it. It names none of the keys that were given");
        ofIssuer.Fact("what to do").Should().Be(unknown.Fact("what to do"));
    }

    [Fact]
    public async Task An_expired_token_is_refused_with_the_time_it_expired()
    {
        ToolAnswer answer = await _work.RunAsync("verify", Forge.Claims("""{"sub":"ann","exp":1}"""), "--key", "ours.pem");

        answer.ExitCode.Should().Be(1);
        answer.Output.Should().Contain("REFUSED: Expired");
        answer.Fact("expired").Should().MatchRegex(@"^1970-01-01 00:00:01Z, \d+ years ago$");
        answer.Fact("what to do").Should().StartWith("Have the caller fetch a new one.");
    }

    public static TheoryData<string, string, string[]> Refusals { get; } = new()
    {
        { Forge.Claims(Forge.GoodPayload), "InvalidAudience", ["--audience", "shop"] },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"aud":"shop"}"""), "InvalidAudience", [] },
        { Forge.Claims(Forge.GoodPayload), "InvalidIssuer", ["--issuer", "auth_admin"] },
        { Forge.Claims(Forge.GoodPayload), "UnsupportedHeader", ["--type", "at+jwt"] },
        { Forge.Sign("""{"alg":"none"}""", Forge.GoodPayload), "UnsupportedAlgorithm", [] },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"nbf":4102444700}"""), "NotYetValid", [] },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"cnf":{}}"""), "SenderConstrained", [] },
        { Forge.Claims("""{"exp":4102444800}"""), "Malformed", [] },
        { new string('a', 20_000), "TooLong", [] },
        { "", "Missing", [] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Every_other_refusal_has_its_reason_and_what_to_do(string token, string failure, string[] options)
    {
        string[] command = ["verify", "--key", "ours.pem", .. options];
        ToolAnswer answer = await _work.PipeAsync(token, command);
        ToolAnswer forScripts = await _work.PipeAsync(token, [.. command, "--json"]);

        (answer.ExitCode, forScripts.ExitCode).Should().Be((1, 1));
        answer.Output.Should().Contain($"REFUSED: {failure}");
        answer.Fact("what to do").Should().NotBeEmpty();
        ((bool)forScripts.Json["valid"]!, (string?)forScripts.Json["failure"], (string?)forScripts.Json["reason"]).Should().Be((false, failure, answer.Fact("reason")));
        forScripts.Json.Should().NotContainKey("claims", "a script must not use claims of a refused token");
    }

    public static TheoryData<string, string[]> Accepted { get; } = new()
    {
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"aud":"shop"}"""), ["--audience", "other", "--audience", "shop"] },
        { Forge.Claims(Forge.GoodPayload), ["--issuer", "other", "--issuer", "auth_user"] },
        { Forge.Sign("""{"alg":"RS256","typ":"at+jwt"}""", Forge.GoodPayload), ["--type", "JWT", "--type", "at+jwt"] },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task An_option_accepts_the_value_that_it_names(string token, string[] options)
    {
        ToolAnswer answer = await _work.PipeAsync(token, ["verify", "--key", "ours.pem", "--json", .. options]);

        answer.Json["valid"]!.GetValue<bool>().Should().BeTrue(answer.Output);
        answer.Json["claims"]!["sub"]!.GetValueKind().Should().Be(JsonValueKind.String);
    }

    [Fact]
    public async Task A_token_is_read_from_an_argument_or_a_pipe_without_a_message()
    {
        ToolAnswer[] answers =
        [
            await _work.RunAsync("verify", Token, "--key", "ours.pem"),
            await _work.PipeAsync(Token, "verify", "--key", "ours.pem"),
            await _work.PipeAsync(Token, "verify", "-", "--key", "ours.pem"),
            // Most programs end their output with a line break.
            await _work.PipeAsync(Token + "\n", "verify", "--key", "ours.pem"),
            await _work.PipeAsync(Token + "\r\n", "verify", "--key", "ours.pem"),
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
    public async Task Text_that_was_copied_with_a_token_is_ignored_and_named(string form, string leftOut)
    {
        ToolAnswer answer = await _work.PipeAsync(form.Replace("{0}", Token, StringComparison.Ordinal), "verify", "--key", "ours.pem");

        answer.ExitCode.Should().Be(0, answer.Output);
        answer.Errors.Should().Be($"Left out around the token: {leftOut}. A service refuses a token that has them.\n");
    }

    [Fact]
    public async Task The_scheme_and_the_token_can_be_two_arguments()
    {
        ToolAnswer answer = await _work.RunAsync("verify", "Bearer", Token, "--key", "ours.pem");

        answer.ExitCode.Should().Be(0, answer.Output);
        answer.Errors.Should().Contain("'Bearer'");
    }

    [Fact]
    public async Task Line_breaks_within_a_token_are_not_removed()
    {
        ToolAnswer answer = await _work.PipeAsync(Token.Insert(40, "\n"), "verify", "--key", "ours.pem");

        answer.ExitCode.Should().Be(1);
        answer.Fact("reason").Should().Contain("without 'Bearer ', spaces or line breaks");
    }
}
