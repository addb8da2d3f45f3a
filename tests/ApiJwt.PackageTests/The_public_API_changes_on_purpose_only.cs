using System.IO.Compression;
using System.Reflection;
using System.Runtime.Loader;
using PublicApiGenerator;

namespace Hudya.PackageTests;

public class The_public_API_changes_on_purpose_only(PackedFeed feed)
{
    public static TheoryData<string> Packages { get; } = [.. PackedFeed.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_API_is_the_approved_one_on_every_framework(string package)
    {
        // The folder is not deleted, because some systems cannot delete a loaded assembly.
        string folder = Path.Combine(AppContext.BaseDirectory, "packed", package);
        using (ZipArchive archive = feed.Open(package))
            archive.ExtractToDirectory(folder, overwriteFiles: true);
        string received = Path.Combine(folder, $"{package}.txt");
        string api = ApiOf(Path.Combine(folder, "lib", "net10.0", $"{package}.dll"));
        File.WriteAllText(received, api);

        foreach (string framework in PackedFeed.FrameworksOf(package))
            ApiOf(Path.Combine(folder, "lib", framework, $"{package}.dll")).Should().Be(api, "a package must have the same API on every framework");
        api.Should().Be(Approved(package), "the public API changed; to accept the change: cp {0} {1}", received, ApprovedPath(package));
    }

    /// <summary>The IdentityModel family makes breaking changes, and mixed versions of it often break applications.</summary>
    [Theory]
    [InlineData("ApiJwt", "Microsoft.IdentityModel.Tokens.TokenHandler TokenHandler { get; }")]
    [InlineData("ApiJwt.OpenApi")]
    [InlineData("ApiJwt.Redis")]
    [InlineData("ApiJwt.Testing")]
    public void The_public_API_shows_one_type_of_the_IdentityModel_family(string package, params string[] exceptions) =>
        Approved(package).Split('\n').Where(line => line.Contains("IdentityModel", StringComparison.Ordinal))
            .Select(line => line.Trim().Replace("public ", "", StringComparison.Ordinal)).Should().Equal(exceptions);

    private static string ApprovedPath(string package) => Path.Combine(PackedFeed.RepositoryRoot, "tests/ApiJwt.PackageTests/Api", $"{package}.txt");

    private static string Approved(string package) => File.Exists(ApprovedPath(package)) ? File.ReadAllText(ApprovedPath(package)) : "";

    private static string ApiOf(string path)
    {
        Assembly assembly = new AssemblyLoadContext(path).LoadFromAssemblyPath(path);
        return assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}
