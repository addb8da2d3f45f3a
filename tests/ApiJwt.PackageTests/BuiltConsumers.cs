namespace Hudya.PackageTests;

/// <summary>The consumers, built for each framework, beside the floor and beside the newest release of the IdentityModel family.</summary>
public sealed class BuiltConsumers
{
    private readonly Dictionary<string, Lazy<string>> _folders;

    public BuiltConsumers(PackedFeed feed) =>
        _folders = new[] { PackedFeed.IdentityModelFloor, PackedFeed.IdentityModelNewest }.ToDictionary(version => version, version => new Lazy<string>(() => Build(feed, version)));

    /// <returns>Where a built consumer lies.</returns>
    public string FolderOf(string consumer, string framework, string identityModelVersion) =>
        Path.Combine(_folders[identityModelVersion].Value, consumer, "bin", "Debug", framework);

    private static string Build(PackedFeed feed, string identityModelVersion)
    {
        string folder = feed.CopyConsumers();
        // Without analyzers: they judge the consumer, and not what it uses.
        Shell.Run(
            folder, "dotnet", "build", "Consumers.slnx", "-p:RunAnalyzers=false",
            $"-p:ApiJwtVersion={feed.Version}", $"-p:IdentityModelVersion={identityModelVersion}");
        return folder;
    }
}
