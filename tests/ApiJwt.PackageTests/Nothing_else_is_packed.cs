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
}
