namespace Hudya.PackageTests;

public class Nothing_else_is_packed
{
    [Fact]
    public void Demos_and_tests_are_not_packed()
    {
        string[] packed =
        [
            .. new[] { "src", "tests" }
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(PackedFeed.RepositoryRoot, folder), "ApiJwt*.csproj", SearchOption.AllDirectories))
                .Where(project => !File.ReadAllText(project).Contains("<IsPackable>false</IsPackable>", StringComparison.Ordinal))
                .Select(project => Path.GetFileNameWithoutExtension(project)),
        ];

        packed.Should().BeEquivalentTo([.. PackedFeed.Packages, PackedFeed.Tool]);
    }

    /// <summary>When the solution is packed, the web SDK warns about a project that cannot be packed.</summary>
    [Fact]
    public void No_web_project_warns_that_it_is_not_packed() =>
        Directory.EnumerateFiles(Path.Combine(PackedFeed.RepositoryRoot, "src"), "ApiJwt*.csproj", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(project => project.Contains("Sdk=\"Microsoft.NET.Sdk.Web\"", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(project => project.Contains("<WarnOnPackingNonPackableProject>false<", StringComparison.Ordinal));
}
