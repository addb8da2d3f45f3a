using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>Creates the settings of one class from the current configuration.</summary>
internal sealed class SettingsOf<T>(IOptionsFactory<ApiJwtOptions> factory, IEnumerable<IOptionsChangeTokenSource<ApiJwtOptions>> changes)
    where T : ApiJwt
{
    private IChangeToken[] _atConstruction = [];

    public static string Name { get; } = typeof(T).FullName!;

    /// <summary>The change tokens of the configuration that these settings come from.</summary>
    public IEnumerable<IOptionsChangeTokenSource<ApiJwtOptions>> Changes => changes.Where(change => change.Name == Name);

    /// <summary>Whether the configuration has changed since the class was constructed.</summary>
    public bool HaveChanged => _atConstruction.Any(token => token.HasChanged);

    /// <summary>The settings that the class reads only once, with the values that it was constructed with.</summary>
    public ReadOnceSettings? InForce { get; private set; }

    /// <summary>How often to refresh the list of revoked tokens; <see langword="null"/> if the class follows no list.</summary>
    public TimeSpan? RevocationsInterval { get; private set; }

    public bool AllowsHttp { get; private set; }

    /// <summary>Creates the settings for the constructor of the class.</summary>
    public ApiJwtOptions CreateForClass()
    {
        _atConstruction = [.. Changes.Select(change => change.GetChangeToken())];
        ApiJwtOptions options = Create();
        InForce = new ReadOnceSettings(options);
        RevocationsInterval = options.RevocationsUri is null ? null : options.RevocationsRefreshInterval;
        AllowsHttp = options.AllowHttpJwksUri;
        return options;
    }

    public ApiJwtOptions Create() => factory.Create(Name);
}
