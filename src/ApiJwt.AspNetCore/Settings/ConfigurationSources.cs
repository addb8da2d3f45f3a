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

    private static IEnumerable<IConfigurationProvider> ProvidersOf(IConfiguration? configuration) =>
        (configuration as IConfigurationRoot)?.Providers.SelectMany(provider => provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot root } ? ProvidersOf(root) : [provider]) ?? [];

    private static string NameOf(IConfigurationProvider provider) =>
        provider is FileConfigurationProvider { Source.Path: { } path } ? path : provider.GetType().Name;
}
