using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Hudya.PackageTests;

public class The_package_holds_what_people_look_for(PackedFeed feed)
{
    [Fact]
    public void It_has_a_readme_an_icon_a_licence_and_documentation_for_each_framework()
    {
        using ZipArchive package = feed.Open("ApiJwt");
        string[] entries = [.. package.Entries.Select(entry => entry.FullName)];

        entries.Should().Contain(["README.md", "icon.png", "lib/net8.0/ApiJwt.dll", "lib/net8.0/ApiJwt.xml", "lib/net10.0/ApiJwt.dll", "lib/net10.0/ApiJwt.xml"]);
        XElement metadata = Metadata(package);
        Value(metadata, "license").Should().Be("Apache-2.0");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "icon").Should().Be("icon.png");
        Value(metadata, "tags").Should().Contain("jwt");
        Value(metadata, "releaseNotes").Should().Contain("CHANGELOG.md");
    }

    [Fact]
    public void It_asks_for_one_version_of_the_IdentityModel_family()
    {
        using ZipArchive package = feed.Open("ApiJwt");

        string[] versions = [.. Metadata(package).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Where(element => element.Attribute("id")!.Value.Contains("IdentityModel", StringComparison.Ordinal))
            .Select(element => element.Attribute("version")!.Value).Distinct()];

        versions.Should().Equal(PackedFeed.IdentityModelFloor);
    }

    [Fact]
    public void It_has_symbols_and_no_path_of_the_machine_it_was_built_on()
    {
        using ZipArchive symbols = feed.Open("ApiJwt", "snupkg");
        symbols.Entries.Should().Contain(entry => entry.FullName == "lib/net10.0/ApiJwt.pdb");

        using ZipArchive package = feed.Open("ApiJwt");
        byte[] path = Encoding.UTF8.GetBytes(PackedFeed.RepositoryRoot.TrimEnd('/', '\\'));
        foreach (ZipArchiveEntry entry in package.Entries.Concat(symbols.Entries))
            Content(entry).AsSpan().IndexOf(path).Should().Be(-1, "{0} should name no folder of this machine", entry.FullName);
    }

    private static XElement Metadata(ZipArchive package)
    {
        using Stream nuspec = package.GetEntry("ApiJwt.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
