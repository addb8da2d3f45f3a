using Hudya.Tests.Interop;

namespace Hudya.Tests.Readme;

public class The_commands_of_the_pages_work
{
    private static readonly IReadOnlyList<string> Commands = [.. Page.Tested.SelectMany(page => page.BlocksOf("sh"))];

    [Fact]
    public void Every_command_block_has_a_test_or_is_run_by_the_CI()
    {
        Commands.Should().HaveCount(5, "each block has a test here or is run by .ci/run");
        Commands[0].Should().Be("dotnet run --project src/ApiJwt.Demo\ndotnet test\n", ".ci/run runs this block");
        Repository.Read(".ci", "run").Should().Contain("README.md");
        Commands[4].Should().Be("bash tests/ApiJwt.Tests/Interop/install.sh\n", ".ci/run runs this script");
        Repository.Read(".ci", "run").Should().Contain(Commands[4]);
    }

    [Fact]
    public void The_package_to_add_is_one_that_this_repository_makes()
    {
        Commands[1].Should().Be($"dotnet add package {typeof(ApiJwt).Assembly.GetName().Name}\n");
        Commands[2].Should().Be("dotnet add package ApiJwt.AspNetCore\n");
        File.Exists(Repository.PathOf("src", "ApiJwt.AspNetCore", "ApiJwt.AspNetCore.csproj")).Should().BeTrue();
    }

    [Fact]
    public async Task The_keys_that_openssl_makes_issue_and_verify()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The block is for a Unix shell.");
        using var folder = new KeyFolder();
        string script = Commands[3] + "printf '%s\\0%s' \"$JWT_KEY_PRIVATE\" \"$JWT_KEY_PUBLIC\"";
        (int exitCode, string output, string errors) = await ForeignTool.RunAsync("bash", ["-euc", script], folder: folder.PathOf("."));
        Assert.SkipUnless(exitCode != 127, "openssl is not installed.");
        exitCode.Should().Be(0, errors);

        string[] keys = output.Split('\0');
        new HudyaJwt(new ApiJwtOptions { PublicKeys = { keys[1] } }).Decode(Issued.By(keys[0])).IsValid.Should().BeTrue();
    }
}
