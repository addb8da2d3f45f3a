using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(Hudya.PackageTests.PackedFeed))]

namespace Hudya.PackageTests;

/// <summary>Packs the packages once, as a release does, into a folder that is used as a feed.</summary>
public sealed class PackedFeed : IDisposable
{
    public const string RepositoryAddress = "https://github.com/example/apijwt";

    /// <summary>The oldest release that the packages accept, and the newest release that they are tested with.</summary>
    public const string IdentityModelFloor = "8.19.2";

    public const string IdentityModelNewest = "8.23.0";

    public static readonly string[] Packages = ["ApiJwt", "ApiJwt.AspNetCore", "ApiJwt.OpenApi", "ApiJwt.Redis", "ApiJwt.Testing"];

    /// <summary>The package of the tool, which is a program.</summary>
    public const string Tool = "ApiJwt.Tool";

    private readonly string _folder = Directory.CreateTempSubdirectory("apijwt-packages-").FullName;

    // The folder is in the repository, because symbols contain the paths of files outside it.
    private readonly string _artifacts = Path.Combine(AppContext.BaseDirectory, "artifacts");

    public PackedFeed()
    {
        // Each run has its own version, or restores would use packages of an earlier run from the package cache.
        Version = $"1.0.0-test.{Guid.NewGuid():N}";
        // Analyzers are off, because the build of the solution runs them.
        Shell.Run(
            RepositoryRoot, "dotnet", "pack", "tests/ApiJwt.PackageTests/Packages.slnf", "-c", "Release", "-o", Folder,
            "--artifacts-path", _artifacts, $"-p:Version={Version}", $"-p:RepositoryUrl={RepositoryAddress}.git",
            "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false");
    }

    public static string RepositoryRoot { get; } = Path.GetFullPath(
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(RepositoryRoot)).Value!);

    public string Version { get; }

    /// <summary>The target frameworks of a package. ApiJwt.OpenApi needs an API that exists since .NET 10.</summary>
    public static string[] FrameworksOf(string package) => package == "ApiJwt.OpenApi" ? ["net10.0"] : ["net8.0", "net10.0"];

    public string Folder => Path.Combine(_folder, "feed");

    public ZipArchive Open(string package, string extension = "nupkg") => ZipFile.OpenRead(PathOf(package, Version, extension));

    /// <returns>The metadata of the package.</returns>
    public XElement Metadata(string package)
    {
        using ZipArchive archive = Open(package);
        using Stream nuspec = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    /// <returns>A copy of the consumers outside the repository, with this feed as a package source.</returns>
    public string CopyConsumers()
    {
        string source = Path.Combine(RepositoryRoot, "tests/ApiJwt.PackageTests/Consumers");
        string copy = Path.Combine(_folder, $"consumers-{Guid.NewGuid():N}");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.WriteAllText(Path.Combine(copy, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{Folder}" /></packageSources>
            </configuration>
            """);
        return copy;
    }

    /// <summary>Adds a copy of a package with another version.</summary>
    public void AddAs(string version, string package)
    {
        string copy = PathOf(package, version, "nupkg");
        File.Copy(PathOf(package, Version, "nupkg"), copy);
        using ZipArchive archive = ZipFile.Open(copy, ZipArchiveMode.Update);
        using Stream nuspec = archive.GetEntry($"{package}.nuspec")!.Open();
        XDocument document = XDocument.Load(nuspec);
        document.Descendants().Single(element => element.Name.LocalName == "version").Value = version;
        nuspec.SetLength(0);
        document.Save(nuspec);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_artifacts, recursive: true);
        // The package cache keeps every restored version, and these are never used again.
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string run = Version.Split('.')[^1];
        foreach (string cached in Directory.EnumerateDirectories(cache, "apijwt*").SelectMany(package => Directory.EnumerateDirectories(package, $"*{run}")))
            Directory.Delete(cached, recursive: true);
    }

    private string PathOf(string package, string version, string extension) => Path.Combine(Folder, $"{package}.{version}.{extension}");
}
