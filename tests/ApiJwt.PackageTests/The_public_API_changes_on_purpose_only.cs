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
        string approved = Path.Combine(PackedFeed.RepositoryRoot, "tests/ApiJwt.PackageTests/Api", $"{package}.txt");
        string received = Path.Combine(AppContext.BaseDirectory, $"{package}.txt");
        string api = ApiOf(package, "net10.0");
        File.WriteAllText(received, api);

        ApiOf(package, "net8.0").Should().Be(api, "a package offers the same on every framework");
        api.Should().Be(
            File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "",
            "a change of the public API is reviewed; to accept it: cp {0} {1}", received, approved);
    }

    /// <summary>That family announces breaking changes, and mixed versions of it are its users' most common failure.</summary>
    [Theory]
    [InlineData("ApiJwt")]
    [InlineData("ApiJwt.Testing")]
    public void It_shows_no_type_of_the_IdentityModel_family(string package) =>
        ApiOf(package, "net10.0").Should().NotContain("IdentityModel");

    private string ApiOf(string package, string framework)
    {
        string folder = Path.Combine(feed.Extract(package), "lib", framework);
        var context = new AssemblyLoadContext(folder, isCollectible: true);
        Assembly assembly = context.LoadFromAssemblyPath(Path.Combine(folder, $"{package}.dll"));
        return assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}
