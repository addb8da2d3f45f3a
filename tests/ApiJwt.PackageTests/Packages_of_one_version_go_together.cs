namespace Hudya.PackageTests;

public class Packages_of_one_version_go_together(PackedFeed feed)
{
    [Fact]
    public void The_ASP_NET_Core_package_reads_internals_of_the_core_and_asks_for_exactly_its_version() =>
        Versions("ApiJwt.AspNetCore", id => id == "ApiJwt").Should().Equal($"[{feed.Version}]");

    [Fact]
    public void The_test_kit_reads_no_internals_and_asks_for_its_version_or_a_higher_one() =>
        Versions("ApiJwt.Testing", id => id == "ApiJwt.AspNetCore").Should().Equal(feed.Version);

    [Fact]
    public void The_Redis_package_reads_no_internals_and_goes_beside_the_packages_for_Redis_of_the_platform()
    {
        Versions("ApiJwt.Redis", id => id == "ApiJwt").Should().Equal(feed.Version);
        Versions("ApiJwt.Redis", id => id == "StackExchange.Redis").Should().ContainSingle().Which.Should().StartWith("2.", "a floor of 3 would split it from them");
    }

    [Theory]
    [InlineData("ApiJwt")]
    [InlineData("ApiJwt.AspNetCore")]
    public void They_ask_for_one_version_of_the_IdentityModel_family(string package) =>
        Versions(package, id => id.Contains("IdentityModel", StringComparison.Ordinal)).Should().Equal(PackedFeed.IdentityModelFloor);

    /// <summary>NU1605, a downgrade, is an error from the start. NU1608, out of bounds, is a warning, and an error where warnings are.</summary>
    [Theory]
    [InlineData("0.9.0", "NU1605")]
    [InlineData("1.1.0", "NU1608")]
    public void NuGet_refuses_the_ASP_NET_Core_package_beside_another_core(string version, string error)
    {
        version += feed.Version[feed.Version.IndexOf('-', StringComparison.Ordinal)..];
        feed.AddAs(version, "ApiJwt");
        string consumer = Path.Combine(feed.CopyConsumers(), "Uses.ApiJwt.AspNetCore");
        string project = Path.Combine(consumer, "Uses.ApiJwt.AspNetCore.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("<ItemGroup>", $"""<ItemGroup><PackageReference Include="ApiJwt" Version="{version}" />""", StringComparison.Ordinal));

        (int code, string output) = Shell.Try(
            consumer, "dotnet", "restore", $"-p:ApiJwtVersion={feed.Version}", $"-p:IdentityModelVersion={PackedFeed.IdentityModelFloor}");

        code.Should().NotBe(0);
        output.Should().Contain($"error {error}");
    }

    private string[] Versions(string package, Func<string, bool> isMeant) =>
    [
        .. feed.Metadata(package).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Where(element => isMeant(element.Attribute("id")!.Value))
            .Select(element => element.Attribute("version")!.Value).Distinct(),
    ];
}
