using Microsoft.Extensions.Configuration;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>The sources of a configuration, such as files, the environment and the command line. A later source replaces values of an earlier source.</summary>
/// <param name="configuration">The root of the configuration. A section does not expose its sources.</param>
internal sealed class ConfigurationSources(IConfiguration? configuration)
{
    private readonly IConfigurationProvider[] _providers = [.. ProvidersOf(configuration)];

    /// <summary>The names of the sources that the values of these sections come from. The names contain no values.</summary>
    public IReadOnlyList<string> Of(IEnumerable<IConfigurationSection> sections) =>
    [
        .. sections.Select(section => Array.FindLast(_providers, provider => provider.TryGet(section.Path, out string? value) && value == section.Value))
            .OfType<IConfigurationProvider>().Distinct().Select(NameOf),
    ];

    /// <summary>The source that gives a setting a value, and the later one that empties it; <see langword="null"/> if none does.</summary>
    public (string Giving, string Emptying)? FindEmptied(IConfigurationSection setting)
    {
        int giving = Array.FindLastIndex(_providers, provider => Gives(provider, setting.Path));
        int emptying = Array.FindLastIndex(_providers, provider => provider.TryGet(setting.Path, out string? value) && string.IsNullOrEmpty(value));
        return giving >= 0 && emptying > giving ? (NameOf(_providers[giving]), NameOf(_providers[emptying])) : null;
    }

    /// <summary>A text, or a list with an entry that is not empty.</summary>
    private static bool Gives(IConfigurationProvider provider, string path) =>
        (provider.TryGet(path, out string? value) && !string.IsNullOrEmpty(value))
        || provider.GetChildKeys([], path).Any(key => Gives(provider, ConfigurationPath.Combine(path, key)));

    private static IEnumerable<IConfigurationProvider> ProvidersOf(IConfiguration? configuration) =>
        (configuration as IConfigurationRoot)?.Providers.SelectMany(provider => provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot root } ? ProvidersOf(root) : [provider]) ?? [];

    private static string NameOf(IConfigurationProvider provider) =>
        provider is FileConfigurationProvider { Source.Path: { } path } ? path : provider.GetType().Name;
}
