using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text;

[assembly: AssemblyFixture(typeof(Hudya.PackageTests.PackedFeed))]

namespace Hudya.PackageTests;

/// <summary>Packs the packages once, into a folder that serves as a feed, and builds consumers from it.</summary>
public sealed class PackedFeed : IDisposable
{
    /// <summary>The floor the packages ask for, and the newest release they were tested with.</summary>
    public const string IdentityModelFloor = "8.19.2";

    public const string IdentityModelNewest = "8.23.0";

    private readonly string _folder = Directory.CreateTempSubdirectory("apijwt-packages-").FullName;

    public PackedFeed()
    {
        // A version of its own for each run: the machine's package cache would hand out yesterday's under the same one.
        Version = $"1.0.0-test.{Guid.NewGuid():N}";
        foreach (string project in (string[])["src/ApiJwt"])
        {
            Run(RepositoryRoot, "dotnet", "pack", project, "-c", "Release", "-o", Feed, "--artifacts-path", Path.Combine(_folder, "artifacts"), $"-p:Version={Version}", "-p:ContinuousIntegrationBuild=true");
        }
    }

    public static string RepositoryRoot { get; } = Path.GetFullPath(
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(RepositoryRoot)).Value!);

    public string Version { get; }

    private string Feed => Path.Combine(_folder, "feed");

    public ZipArchive Open(string package, string extension = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.{extension}"));

    /// <summary>Copies the consumer away from the repository and runs <c>dotnet</c> there.</summary>
    /// <returns>What it printed.</returns>
    public string RunConsumer(string framework, string identityModelVersion, string command, params string[] arguments)
    {
        string consumer = CopyConsumer();
        string[] properties = [$"-p:ConsumerFramework={framework}", $"-p:ApiJwtVersion={Version}", $"-p:IdentityModelVersion={identityModelVersion}"];
        return Run(consumer, "dotnet", [command, .. arguments, .. properties]);
    }

    public static string Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "'{0} {1}' should succeed, and printed: {2}", program, string.Join(' ', arguments), output);
        return output.ToString();
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        // The machine's package cache keeps what a restore found, and nobody will ask for this version again.
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string cached in Directory.EnumerateDirectories(cache, "apijwt*").Select(package => Path.Combine(package, Version)).Where(Directory.Exists))
            Directory.Delete(cached, recursive: true);
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
            output.AppendLine(line);
    }

    private string CopyConsumer()
    {
        string consumer = Directory.CreateDirectory(Path.Combine(_folder, $"consumer-{Guid.NewGuid():N}")).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot, "tests/ApiJwt.PackageTests/Consumer")))
            File.Copy(file, Path.Combine(consumer, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(consumer, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
            </configuration>
            """);
        return consumer;
    }
}
