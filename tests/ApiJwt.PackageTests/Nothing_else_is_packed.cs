namespace Hudya.PackageTests;

public class Nothing_else_is_packed
{
    [Fact]
    public void Demos_and_tests_are_no_packages()
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

    /// <summary>The web SDK warns of such a project when the solution is packed.</summary>
    [Fact]
    public void And_none_of_them_warns_of_it() =>
        Directory.EnumerateFiles(Path.Combine(PackedFeed.RepositoryRoot, "src"), "ApiJwt*.csproj", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(project => project.Contains("Sdk=\"Microsoft.NET.Sdk.Web\"", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(project => project.Contains("<WarnOnPackingNonPackableProject>false<", StringComparison.Ordinal));
}
