using Hudya.Tests.Tool.Policies;

namespace Hudya.Tests.Tool;

/// <summary>Tests the command <c>apijwt issue</c> with the development key and with the policy of a class.</summary>
public sealed class IssueCommandTests : IDisposable
{
    private static readonly string Here = typeof(HudyaJwt).Assembly.Location;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_token_has_the_claims_that_the_options_set()
    {
        ToolAnswer answer = await _work.RunAsync(
            "issue", "--subject", "@ann", "--key", "support", "--scope", "support:mobile", "--scope", "support:power", "--level", "3.1", "--factor", "otp",
            "--target", "x", "--audience", "y", "--extra", "name=a=b", "--extra", "limit:=5", "--extra", "vip:=true", "--extra", "areas:=[\"NO\",\"SE\"]", "--ttl", "00:10:00");

        VerifiedPayload payload = Payload(answer.Output.Trim(), "y");
        payload.Should().BeEquivalentTo(
            new { Subject = "@ann", Issuer = "auth_support", Scopes = (string[])["support:mobile", "support:power"], Level = 3.1, Factor = "otp", Target = "x" });
        payload.GetText("name").Should().Be("a=b");
        payload.GetInteger("limit").Should().Be(5);
        payload.GetBoolean("vip").Should().BeTrue();
        payload.GetList("areas").Should().Equal("NO", "SE");
        (payload.ExpiresAt - TimeProvider.System.GetUtcNow()).Should().BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task The_development_key_is_made_once_and_only_its_owner_can_read_it()
    {
        ToolAnswer first = await _work.RunAsync("issue", "--subject", "ann");
        ToolAnswer second = await _work.RunAsync("issue", "--subject", "bob", "--json");

        string folder = Path.Combine(_work.Home, ".apijwt");
        VerifiedPayload payload = Payload(second.Json["token"]!.GetValue<string>());
        payload.Subject.Should().Be("bob");
        second.Json["expiresAt"]!.GetValue<DateTimeOffset>().Should().Be(payload.ExpiresAt);
        second.Json["keyId"]!.GetValue<string>().Should().HaveLength(43);
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

        (await _work.RunAsync("issue", "--subject", "ann")).ShouldBeMistake("Others on this machine can read or change*");
    }

    [Fact]
    public async Task A_key_from_a_file_signs_without_a_note_on_how_to_trust_it()
    {
        ToolAnswer answer = await _work.RunAsync("issue", "--subject", "ann", "--private-key", "private.pem", "--issuer", "https://auth.example.com");

        new PlainJwt(TestKeys.Verifying).Decode(answer.Output.Trim()).Payload!.Issuer.Should().Be("https://auth.example.com");
        answer.Errors.Should().BeEmpty();
        Directory.Exists(Path.Combine(_work.Home, ".apijwt")).Should().BeFalse();
    }

    private VerifiedPayload Payload(string token, string? audience = null)
    {
        string publicKey = File.ReadAllText(Path.Combine(_work.Home, ".apijwt", "public.pem"));
        DecodeResult result = new PlainJwt(new ApiJwtOptions { PublicKeys = { publicKey }, Audience = audience }).Decode(token);
        result.IsValid.Should().BeTrue(result.Reason);
        return result.Payload!;
    }

    public IssueCommandTests()
    {
        _work.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        // The output of a build contains its own ApiJwt.dll, which must not be loaded a second time.
        foreach (string file in (string[])["ApiJwt.Demo.dll", "ApiJwt.dll", "Microsoft.IdentityModel.Tokens.dll"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), _work.PathOf(file));
    }

    [Fact]
    public async Task A_token_that_the_policy_of_a_class_allows_is_issued()
    {
        ToolAnswer answer = await IssueAsync("ApiJwt.Demo.dll", "--key", "support", "--scope", "support:mobile");

        answer.ExitCode.Should().Be(0, answer.Errors);
        new HudyaJwt(TestKeys.Verifying).Decode(answer.Output.Trim()).Payload!.HasScope("support:mobile").Should().BeTrue();
    }

    [Theory]
    [InlineData("--scope", "admin:all", "Claim 'scopes': 'admin:all' is not allowed for key 'user'. Allowed: user:all, NO, SE, DK.")]
    [InlineData("--key", "sales", "The key 'sales' is not allowed. Allowed: user, support, admin. Set --key to one of these")]
    [InlineData("--extra", "a=b", "The extra 'a' is not declared.")]
    public async Task A_token_that_the_policy_of_a_class_does_not_allow_is_refused_with_its_message(string option, string value, string words) =>
        (await IssueAsync("ApiJwt.Demo.dll", option, value)).ShouldBeMistake($"{words}*");

    [Fact]
    public async Task An_option_selects_one_of_several_classes()
    {
        ToolAnswer several = await IssueAsync(Here);
        ToolAnswer named = await IssueAsync(Here, "--class", "HudyaJwt");
        ToolAnswer unknown = await IssueAsync(Here, "--class", "Nobody");

        several.ShouldBeMistake("*several classes*");
        several.Errors.Should().ContainAll(typeof(HudyaJwt).FullName, "--class");
        named.ExitCode.Should().Be(0, named.Errors);
        unknown.ShouldBeMistake("*no class with this name*");
        unknown.Errors.Should().Contain(typeof(LoggingJwt).FullName);
    }

    [Fact]
    public async Task The_constructor_of_a_class_can_take_loggers_and_an_extra_can_be_a_number()
    {
        ToolAnswer answer = await IssueAsync(Here, "--class", typeof(LoggingJwt).FullName!, "--key", "audited", "--extra", "limit:=7", "--json");

        answer.ExitCode.Should().Be(0, answer.Errors);
        answer.Json["tokenId"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(nameof(DemandingJwt), "The constructor of DemandingJwt takes Version, which this tool does not have.")]
    [InlineData(nameof(FailingJwt), "The constructor of FailingJwt threw NotSupportedException: The list of keys is not here.")]
    public async Task A_class_that_cannot_be_created_is_reported_with_the_reason(string name, string words) =>
        (await IssueAsync(Here, "--class", name)).ShouldBeMistake($"{words}*");

    [Theory]
    [InlineData("nothing.dll", "--assembly: there is no file with this name.")]
    [InlineData("private.pem", "is not a .NET assembly that can be loaded.")]
    [InlineData("ApiJwt.dll", "has no class derived from ApiJwt.")]
    public async Task A_file_without_a_class_is_reported(string file, string words) => (await IssueAsync(file)).ShouldBeMistake($"*{words}*");

    private Task<ToolAnswer> IssueAsync(string assembly, params string[] options) =>
        _work.RunAsync(["issue", "--subject", "ann", "--private-key", "private.pem", "--assembly", assembly, .. options]);
}
