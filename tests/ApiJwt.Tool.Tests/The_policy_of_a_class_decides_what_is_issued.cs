using Hudya.Tests.Tool.Policies;

namespace Hudya.Tests.Tool;

public sealed class The_policy_of_a_class_decides_what_is_issued : IDisposable
{
    private static readonly string Here = typeof(HudyaJwt).Assembly.Location;

    private readonly Workplace _work = new();

    public The_policy_of_a_class_decides_what_is_issued()
    {
        _work.Write("private.pem", TestKeys.Ours.PrivateKeyPem);
        // As a build leaves it: with an ApiJwt.dll of its own beside it, which must not be loaded a second time.
        foreach (string file in (string[])["ApiJwt.Demo.dll", "ApiJwt.dll", "Microsoft.IdentityModel.Tokens.dll"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), _work.PathOf(file));
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task What_it_allows_is_issued()
    {
        ToolAnswer answer = await IssueAsync("ApiJwt.Demo.dll", "--key", "support", "--scope", "support:mobile");

        answer.ExitCode.Should().Be(0, answer.Errors);
        new HudyaJwt(TestKeys.Verifying).Decode(answer.Output.Trim()).Payload!.HasScope("support:mobile").Should().BeTrue();
    }

    [Theory]
    [InlineData("--scope", "admin:all", "Claim 'scopes': 'admin:all' is not allowed for key 'user'. Allowed: user:all, NO, SE, DK.")]
    [InlineData("--key", "sales", "The key 'sales' is not allowed. Allowed: user, support, admin. Set --key to one of these")]
    [InlineData("--extra", "a=b", "The extra 'a' is not declared.")]
    public async Task What_it_does_not_allow_is_refused_in_its_words(string option, string value, string words)
    {
        ToolAnswer answer = await IssueAsync("ApiJwt.Demo.dll", option, value);

        answer.ExitCode.Should().Be(2);
        answer.Output.Should().BeEmpty();
        answer.Errors.Should().StartWith(words).And.NotContain("   at ");
    }

    [Fact]
    public async Task One_of_several_classes_is_named()
    {
        ToolAnswer several = await IssueAsync(Here);
        ToolAnswer named = await IssueAsync(Here, "--class", "HudyaJwt");
        ToolAnswer unknown = await IssueAsync(Here, "--class", "Nobody");

        several.ExitCode.Should().Be(2);
        several.Errors.Should().Contain("several classes").And.Contain(typeof(HudyaJwt).FullName).And.Contain("--class");
        named.ExitCode.Should().Be(0, named.Errors);
        unknown.ExitCode.Should().Be(2);
        unknown.Errors.Should().Contain("no class with this name").And.Contain(typeof(LoggingJwt).FullName);
    }

    [Fact]
    public async Task Its_constructor_may_take_loggers_and_its_extras_numbers()
    {
        ToolAnswer answer = await IssueAsync(Here, "--class", typeof(LoggingJwt).FullName!, "--key", "audited", "--extra", "limit:=7", "--json");

        answer.ExitCode.Should().Be(0, answer.Errors);
        answer.Json["tokenId"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(nameof(DemandingJwt), "The constructor of DemandingJwt takes Version, which this tool does not have.")]
    [InlineData(nameof(FailingJwt), "The constructor of FailingJwt threw NotSupportedException: The list of keys is not here.")]
    public async Task A_class_that_cannot_be_made_is_explained(string name, string words)
    {
        ToolAnswer answer = await IssueAsync(Here, "--class", name);

        answer.ExitCode.Should().Be(2);
        answer.Errors.Should().StartWith(words).And.NotContain("   at ");
    }

    [Theory]
    [InlineData("nothing.dll", "--assembly: there is no file with this name.")]
    [InlineData("private.pem", "is not a .NET assembly that can be loaded.")]
    [InlineData("ApiJwt.dll", "has no class derived from ApiJwt.")]
    public async Task A_file_without_a_class_is_explained(string file, string words)
    {
        ToolAnswer answer = await IssueAsync(file);

        answer.ExitCode.Should().Be(2);
        answer.Errors.Should().Contain(words).And.NotContain("   at ");
    }

    private Task<ToolAnswer> IssueAsync(string assembly, params string[] options) =>
        _work.RunAsync(["issue", "--subject", "ann", "--private-key", "private.pem", "--assembly", assembly, .. options]);
}
