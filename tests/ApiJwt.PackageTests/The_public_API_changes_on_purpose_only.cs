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
    public void It_is_what_was_approved_on_every_framework(string package)
    {
        // Beside the tests, where it may stay: a loaded assembly cannot be deleted everywhere.
        string folder = Path.Combine(AppContext.BaseDirectory, "packed", package);
        using (ZipArchive archive = feed.Open(package))
            archive.ExtractToDirectory(folder, overwriteFiles: true);
        string received = Path.Combine(folder, $"{package}.txt");
        string api = ApiOf(Path.Combine(folder, "lib", "net10.0", $"{package}.dll"));
        File.WriteAllText(received, api);

        foreach (string framework in PackedFeed.FrameworksOf(package))
            ApiOf(Path.Combine(folder, "lib", framework, $"{package}.dll")).Should().Be(api, "a package offers the same on every framework");
        api.Should().Be(Approved(package), "a change of the public API is reviewed; to accept it: cp {0} {1}", received, ApprovedPath(package));
    }

    /// <summary>That family announces breaking changes, and mixed versions of it are its users' most common failure.</summary>
    [Theory]
    [InlineData("ApiJwt", "Microsoft.IdentityModel.Tokens.TokenHandler TokenHandler { get; }")]
    [InlineData("ApiJwt.OpenApi")]
    [InlineData("ApiJwt.Redis")]
    [InlineData("ApiJwt.Testing")]
    public void What_was_approved_shows_one_type_of_the_IdentityModel_family(string package, params string[] exceptions) =>
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
