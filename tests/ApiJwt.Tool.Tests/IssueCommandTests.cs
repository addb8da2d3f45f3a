namespace Hudya.Tests.Tool;

public sealed class A_token_is_issued_for_development : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task It_says_what_the_options_say()
    {
        ToolAnswer answer = await _work.RunAsync(
            "issue", "--subject", "@ann", "--key", "support", "--scope", "support:mobile", "--scope", "support:power", "--level", "3.1", "--factor", "otp",
            "--target", "x", "--audience", "y", "--extra", "name=a=b", "--extra", "limit:=5", "--extra", "vip:=true", "--extra", "areas:=[\"NO\",\"SE\"]", "--ttl", "00:10:00");

        VerifiedPayload payload = Payload(answer.Output.Trim(), "y");
        payload.Subject.Should().Be("@ann");
        payload.Issuer.Should().Be("auth_support");
        payload.Scopes.Should().BeEquivalentTo("support:mobile", "support:power");
        payload.Level.Should().Be(3.1);
        payload.Factor.Should().Be("otp");
        payload.Target.Should().Be("x");
        payload.GetText("name").Should().Be("a=b");
        payload.GetInteger("limit").Should().Be(5);
        payload.GetBoolean("vip").Should().BeTrue();
        payload.GetList("areas").Should().Equal("NO", "SE");
        (payload.ExpiresAt - TimeProvider.System.GetUtcNow()).Should().BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task The_development_key_is_made_at_the_first_use_for_its_owner_alone_and_used_again()
    {
        ToolAnswer first = await _work.RunAsync("issue", "--subject", "ann");
        ToolAnswer second = await _work.RunAsync("issue", "--subject", "bob", "--json");

        string folder = Path.Combine(_work.Home, ".apijwt");
        Payload(second.Json["token"]!.GetValue<string>()).Subject.Should().Be("bob");
        Payload(first.Output.Trim()).Subject.Should().Be("ann");
        first.Errors.Should().Contain("Generated your development key").And.Contain(Path.Combine(folder, "public.pem")).And.Contain("Jwt:PublicKeys:0");
        second.Errors.Should().NotContain("Generated").And.Contain("Jwt:PublicKeys:0");
        _work.ModeOf(folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _work.ModeOf(Path.Combine(folder, "private.pem")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_development_key_that_others_can_read_signs_nothing()
    {
        await _work.RunAsync("issue", "--subject", "ann");
        _work.SetMode(Path.Combine(_work.Home, ".apijwt", "private.pem"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        ToolAnswer answer = await _work.RunAsync("issue", "--subject", "ann");

        answer.ExitCode.Should().Be(2);
        answer.Output.Should().BeEmpty();
        answer.Errors.Should().StartWith("Others on this machine can read or change");
    }

    [Fact]
    public async Task A_key_of_a_file_signs_without_a_word_about_trust()
    {
        _work.Write("private.pem", TestKeys.Ours.PrivateKeyPem);

        ToolAnswer answer = await _work.RunAsync("issue", "--subject", "ann", "--private-key", "private.pem", "--issuer", "https://auth.example.com");

        new PlainJwt(TestKeys.Verifying).Decode(answer.Output.Trim()).Payload!.Issuer.Should().Be("https://auth.example.com");
        answer.Errors.Should().BeEmpty();
        Directory.Exists(Path.Combine(_work.Home, ".apijwt")).Should().BeFalse();
    }

    [Fact]
    public async Task For_a_script_there_is_more_than_the_token()
    {
        ToolAnswer answer = await _work.RunAsync("issue", "--subject", "ann", "--json");

        VerifiedPayload payload = Payload(answer.Json["token"]!.GetValue<string>());
        answer.Json["expiresAt"]!.GetValue<DateTimeOffset>().Should().Be(payload.ExpiresAt);
        answer.Json["keyId"]!.GetValue<string>().Should().HaveLength(43);
    }

    private VerifiedPayload Payload(string token, string? audience = null)
    {
        string publicKey = File.ReadAllText(Path.Combine(_work.Home, ".apijwt", "public.pem"));
        DecodeResult result = new PlainJwt(new ApiJwtOptions { PublicKeys = { publicKey }, Audience = audience }).Decode(token);
        result.IsValid.Should().BeTrue(result.Reason);
        return result.Payload!;
    }
}
