namespace Hudya.PackageTests;

/// <summary>Programs for net8.0 run on the oldest installed runtime, which may be .NET 10.</summary>
public class A_consumer_builds_from_the_package_alone(BuiltConsumers consumers) : IClassFixture<BuiltConsumers>
{
    public static TheoryData<string, string> Builds { get; } = new()
    {
        { "net8.0", PackedFeed.IdentityModelFloor },
        { "net8.0", PackedFeed.IdentityModelNewest },
        { "net10.0", PackedFeed.IdentityModelFloor },
        { "net10.0", PackedFeed.IdentityModelNewest },
    };

    [Theory]
    [MemberData(nameof(Builds))]
    public void A_consumer_in_another_namespace_issues_and_verifies(string framework, string identityModelVersion) =>
        Run("Uses.ApiJwt", framework, identityModelVersion).Should().Contain(Expected.OfApiJwt);

    [Theory]
    [MemberData(nameof(Builds))]
    public void A_consumer_guards_an_API_and_publishes_its_keys(string framework, string identityModelVersion) =>
        Run("Uses.ApiJwt.AspNetCore", framework, identityModelVersion).Should().Contain(Expected.OfAspNetCore);

    [Theory]
    [InlineData("net10.0", PackedFeed.IdentityModelFloor)]
    [InlineData("net10.0", PackedFeed.IdentityModelNewest)]
    public void A_consumer_describes_its_API(string framework, string identityModelVersion) =>
        Run("Uses.ApiJwt.OpenApi", framework, identityModelVersion).Should().Contain(Expected.OfOpenApi);

    [Theory]
    [MemberData(nameof(Builds))]
    public void A_consumer_shares_revoked_tokens_without_ASP_NET_Core(string framework, string identityModelVersion) =>
        Run("Uses.ApiJwt.Redis", framework, identityModelVersion).Should().Contain(Expected.OfRedis);

    [Theory]
    [MemberData(nameof(Builds))]
    public void A_consumer_tests_a_guarded_API_without_the_web_SDK(string framework, string identityModelVersion) =>
        Run("Uses.ApiJwt.Testing", framework, identityModelVersion).Should().Contain(Expected.OfTesting);

    [Theory]
    [InlineData("Uses.ApiJwt.FSharp")]
    [InlineData("Uses.ApiJwt.VisualBasic")]
    public void A_consumer_in_FSharp_or_Visual_Basic_issues_and_verifies(string consumer) =>
        Shell.Run(consumers.FolderOf(consumer, "net10.0", PackedFeed.IdentityModelFloor), "dotnet", $"{consumer}.dll").Should().Contain("ann");

    [Fact]
    public void The_line_of_FSharp_in_the_README_is_that_of_the_consumer()
    {
        string[] program = File.ReadAllLines(Path.Combine(PackedFeed.RepositoryRoot, "tests/ApiJwt.PackageTests/Consumers/Uses.ApiJwt.FSharp/Program.fs"));

        File.ReadAllText(Path.Combine(PackedFeed.RepositoryRoot, "README.md")).Should().Contain($"`{Array.Find(program, line => line.StartsWith("type HudyaJwt", StringComparison.Ordinal))}`");
    }

    private string Run(string consumer, string framework, string identityModelVersion)
    {
        if (identityModelVersion != PackedFeed.IdentityModelFloor)
            Ci.SkipElsewhere("A second build of the consumers takes half a minute");
        string folder = consumers.FolderOf(consumer, framework, identityModelVersion);
        File.ReadAllText(Path.Combine(folder, $"{consumer}.deps.json")).Should().Contain($"\"Microsoft.IdentityModel.Tokens/{identityModelVersion}\"");

        string output = Shell.Run(folder, "dotnet", $"{consumer}.dll");
        TestContext.Current.TestOutputHelper!.WriteLine(output);
        output.Should().Contain($".NETCoreApp,Version=v{framework[3..]}", "a consumer must get the assembly for its own framework");
        return output;
    }
}
