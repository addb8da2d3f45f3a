namespace Hudya.PackageTests;

public class Packages_of_one_version_go_together(PackedFeed feed)
{
    [Theory]
    [InlineData("ApiJwt.AspNetCore", "ApiJwt"), InlineData("ApiJwt.OpenApi", "ApiJwt.AspNetCore"), InlineData("ApiJwt.Testing", "ApiJwt.AspNetCore")]
    public void A_package_requires_its_own_version_or_a_higher_one_of_the_package_below(string package, string below) =>
        Versions(package, id => id == below).Should().Equal(feed.Version);

    /// <summary>Packages use only the public API of each other, so that other people can write such packages too.</summary>
    [Fact]
    public void No_package_uses_the_internals_of_another() =>
        Directory.EnumerateFiles(Path.Combine(PackedFeed.RepositoryRoot, "src"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("InternalsVisibleTo", StringComparison.Ordinal))
            .Should().BeEmpty();

    [Fact]
    public void The_Redis_package_works_with_the_Redis_packages_of_the_platform()
    {
        Versions("ApiJwt.Redis", id => id == "ApiJwt").Should().Equal(feed.Version);
        Versions("ApiJwt.Redis", id => id == "StackExchange.Redis").Should().ContainSingle().Which.Should().StartWith("2.", "the Redis packages of the platform require version 2");
    }

    [Theory]
    [InlineData("ApiJwt"), InlineData("ApiJwt.AspNetCore")]
    public void The_packages_require_one_version_of_the_IdentityModel_family(string package) =>
        Versions(package, id => id.Contains("IdentityModel", StringComparison.Ordinal)).Should().Equal(PackedFeed.IdentityModelFloor);

    /// <summary>A downgrade (NU1605) is an error by default.</summary>
    [Theory]
    [InlineData("0.9.0", "error NU1605"), InlineData("1.1.0", null)]
    public void The_ASP_NET_Core_package_accepts_a_newer_core_and_refuses_an_older_one(string version, string? error)
    {
        version += feed.Version[feed.Version.IndexOf('-', StringComparison.Ordinal)..];
        feed.AddAs(version, "ApiJwt");
        string consumer = Path.Combine(feed.CopyConsumers(), "Uses.ApiJwt.AspNetCore");
        string project = Path.Combine(consumer, "Uses.ApiJwt.AspNetCore.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("<ItemGroup>", $"""<ItemGroup><PackageReference Include="ApiJwt" Version="{version}" />""", StringComparison.Ordinal));

        (int code, string output) = Shell.Try(
            consumer, "dotnet", "restore", $"-p:ApiJwtVersion={feed.Version}", $"-p:IdentityModelVersion={PackedFeed.IdentityModelFloor}");

        if (error is null)
            code.Should().Be(0, output);
        else
            output.Should().Contain(error);
    }

    private string[] Versions(string package, Func<string, bool> isMeant) =>
    [
        .. feed.Metadata(package).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Where(element => isMeant(element.Attribute("id")!.Value))
            .Select(element => element.Attribute("version")!.Value).Distinct(),
    ];
}
