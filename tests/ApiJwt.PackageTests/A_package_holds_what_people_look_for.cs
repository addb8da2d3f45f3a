using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Hudya.PackageTests;

public partial class A_package_holds_what_people_look_for(PackedFeed feed)
{
    public static TheoryData<string> Packages { get; } = [.. PackedFeed.Packages];

    public static TheoryData<string> PackagesAndTool { get; } = [.. PackedFeed.Packages, PackedFeed.Tool];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_a_README_an_icon_and_documentation_for_each_framework(string package)
    {
        using ZipArchive archive = feed.Open(package);

        archive.Entries.Select(entry => entry.FullName).Should().Contain(
            ["README.md", "icon.png", .. PackedFeed.FrameworksOf(package).SelectMany(framework => (string[])[$"lib/{framework}/{package}.dll", $"lib/{framework}/{package}.xml"])]);
        Encoding.UTF8.GetString(Content(archive.GetEntry("README.md")!)).Should().StartWith($"# {package}\n");
    }

    [Theory]
    [MemberData(nameof(PackagesAndTool))]
    public void A_package_states_its_description_repository_and_licence(string package)
    {
        XElement metadata = feed.Metadata(package);

        Value(metadata, "license").Should().Be("Apache-2.0");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "icon").Should().Be("icon.png");
        Value(metadata, "description").Should().NotBeEmpty().And.NotBe("Package Description");
        Value(metadata, "tags").Split(' ').Should().Contain("jwt");
        Value(metadata, "projectUrl").Should().Be(PackedFeed.RepositoryAddress);
        Value(metadata, "releaseNotes").Should().StartWith(PackedFeed.RepositoryAddress).And.EndWith("/CHANGELOG.md");
        XElement repository = Element(metadata, "repository");
        repository.Attribute("commit")!.Value.Should().MatchRegex("^[0-9a-f]{40}$");
    }

    [Theory]
    [MemberData(nameof(PackagesAndTool))]
    public void The_icon_of_a_package_is_a_PNG_of_128_by_128_pixels(string package)
    {
        using ZipArchive archive = feed.Open(package);
        byte[] icon = Content(archive.GetEntry("icon.png")!);

        icon[..8].Should().Equal(0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n');
        BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)).Should().Be(128);
        BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)).Should().Be(128);
    }

    [Theory]
    [MemberData(nameof(PackagesAndTool))]
    public void Every_link_in_the_README_of_a_package_leads_to_a_file_of_the_commit(string package)
    {
        using ZipArchive archive = feed.Open(package);
        string commit = Element(feed.Metadata(package), "repository").Attribute("commit")!.Value;
        string page = $"{PackedFeed.RepositoryAddress}/blob/{commit}/";
        string image = page.Replace("https://github.com/", "https://raw.githubusercontent.com/", StringComparison.Ordinal).Replace("/blob/", "/", StringComparison.Ordinal);
        string readme = Encoding.UTF8.GetString(Content(archive.GetEntry("README.md")!));
        string[] links = [.. Link().Matches(readme).Select(link => link.Groups[1].Value)];
        string[] images = [.. Image().Matches(readme).Select(link => link.Groups[1].Value)];

        links.Should().NotBeEmpty();
        // A link within the page is not checked.
        foreach (string link in links.Where(link => !link.StartsWith('#')))
        {
            Uri.IsWellFormedUriString(link, UriKind.Absolute).Should().BeTrue("a package site has only the page, so the relative link {0} would break", link);
            string address = new Uri(link).GetLeftPart(UriPartial.Path);
            string root = images.Contains(link) ? image : page;
            if (address.StartsWith(PackedFeed.RepositoryAddress, StringComparison.Ordinal) || root == image)
            {
                address.Should().StartWith(root);
                File.Exists(Path.Combine(PackedFeed.RepositoryRoot, address[root.Length..])).Should().BeTrue("{0} must be a file of the repository", link);
            }
        }
    }

    [Theory]
    [MemberData(nameof(PackagesAndTool))]
    public void The_README_of_a_package_differs_from_the_repository_only_in_its_links(string package)
    {
        using ZipArchive archive = feed.Open(package);
        string original = package == "ApiJwt" ? "README.md" : $"src/{package}/README.md";

        Unlinked(Encoding.UTF8.GetString(Content(archive.GetEntry("README.md")!)))
            .Should().Be(Unlinked(File.ReadAllText(Path.Combine(PackedFeed.RepositoryRoot, original))));

        static string Unlinked(string readme) => Link().Replace(readme, "]()").TrimEnd();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_symbols_and_contains_no_path_of_this_machine(string package)
    {
        using ZipArchive symbols = feed.Open(package, "snupkg");
        symbols.Entries.Select(entry => entry.FullName).Should().Contain(PackedFeed.FrameworksOf(package).Select(framework => $"lib/{framework}/{package}.pdb"));

        using ZipArchive archive = feed.Open(package);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (string folder in (string[])[PackedFeed.RepositoryRoot, Path.GetDirectoryName(feed.Folder)!, home])
        {
            byte[] path = Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar);
            foreach (ZipArchiveEntry entry in archive.Entries.Concat(symbols.Entries))
                Content(entry).AsSpan().IndexOf(path).Should().Be(-1, "{0} must not contain {1}", entry.FullName, folder);
        }

        foreach (ZipArchiveEntry entry in symbols.Entries.Where(entry => entry.FullName.EndsWith(".pdb", StringComparison.Ordinal)))
            SourcesOf(entry).Should().NotBeEmpty().And.OnlyContain(path => path.StartsWith("/_", StringComparison.Ordinal), "{0} must contain no path of a machine", entry.FullName);
    }

    // Symbols store a path in parts, so a search of their bytes would not find it.
    private static string[] SourcesOf(ZipArchiveEntry symbols)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage([.. Content(symbols)]);
        MetadataReader reader = provider.GetMetadataReader();
        return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
    }

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]*)\)")]
    private static partial Regex Image();

    private static XElement Element(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name);

    private static string Value(XElement metadata, string name) => Element(metadata, name).Value;

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
