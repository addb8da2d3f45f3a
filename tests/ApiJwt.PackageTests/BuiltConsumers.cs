namespace Hudya.PackageTests;

/// <summary>The consumers, built for each framework with the oldest supported and the newest release of the IdentityModel family.</summary>
public sealed class BuiltConsumers
{
    private readonly Dictionary<string, Lazy<string>> _folders;

    public BuiltConsumers(PackedFeed feed) =>
        _folders = new[] { PackedFeed.IdentityModelFloor, PackedFeed.IdentityModelNewest }.ToDictionary(version => version, version => new Lazy<string>(() => Build(feed, version)));

    /// <returns>The folder of a built consumer.</returns>
    public string FolderOf(string consumer, string framework, string identityModelVersion) =>
        Path.Combine(_folders[identityModelVersion].Value, consumer, "bin", "Debug", framework);

    private static string Build(PackedFeed feed, string identityModelVersion)
    {
        string folder = feed.CopyConsumers();
        // Analyzers are off, because they check the consumer and not the packages.
        Shell.Run(
            folder, "dotnet", "build", "Consumers.slnx", "-p:RunAnalyzers=false",
            $"-p:ApiJwtVersion={feed.Version}", $"-p:IdentityModelVersion={identityModelVersion}");
        return folder;
    }
}
