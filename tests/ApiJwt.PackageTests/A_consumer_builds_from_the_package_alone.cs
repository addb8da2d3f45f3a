namespace Hudya.PackageTests;

/// <summary>Programs for net8.0 run on the oldest installed runtime, which may be .NET 10.</summary>
public class A_consumer_builds_from_the_package_alone(BuiltConsumers consumers) : IClassFixture<BuiltConsumers>
{
    public static TheoryData<string, string, string> Builds { get; } =
    [
        .. from package in PackedFeed.Packages
           from framework in PackedFeed.FrameworksOf(package)
           from version in (string[])[PackedFeed.IdentityModelFloor, PackedFeed.IdentityModelNewest]
           select (package, framework, version),
    ];

    [Theory]
    [MemberData(nameof(Builds))]
    public void A_consumer_does_what_its_package_is_for(string package, string framework, string identityModelVersion)
    {
        if (identityModelVersion != PackedFeed.IdentityModelFloor)
            Ci.SkipElsewhere("A second build of the consumers takes half a minute");
        string folder = consumers.FolderOf($"Uses.{package}", framework, identityModelVersion);
        File.ReadAllText(Path.Combine(folder, $"Uses.{package}.deps.json")).Should().Contain($"\"Microsoft.IdentityModel.Tokens/{identityModelVersion}\"");

        string output = Shell.Run(folder, "dotnet", $"Uses.{package}.dll");

        TestContext.Current.TestOutputHelper!.WriteLine(output);
        output.Should().Contain($".NETCoreApp,Version=v{framework[3..]}", "a consumer must get the assembly for its own framework");
        output.Should().Contain(Expected.OutputOf[package]);
    }

    [Theory]
    [InlineData("Uses.ApiJwt.FSharp"), InlineData("Uses.ApiJwt.VisualBasic")]
    public void A_consumer_in_FSharp_or_Visual_Basic_issues_and_verifies(string consumer) =>
        Shell.Run(consumers.FolderOf(consumer, "net10.0", PackedFeed.IdentityModelFloor), "dotnet", $"{consumer}.dll").Should().Contain("ann");

    [Fact]
    public void The_line_of_FSharp_in_the_README_is_that_of_the_consumer()
    {
        string[] program = File.ReadAllLines(Path.Combine(PackedFeed.RepositoryRoot, "tests/ApiJwt.PackageTests/Consumers/Uses.ApiJwt.FSharp/Program.fs"));

        File.ReadAllText(Path.Combine(PackedFeed.RepositoryRoot, "README.md")).Should().Contain($"`{Array.Find(program, line => line.StartsWith("type HudyaJwt", StringComparison.Ordinal))}`");
    }
}
