using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>Makes the settings of one class, anew at each call, from the configuration as it is then.</summary>
internal sealed class SettingsOf<T>(IOptionsFactory<ApiJwtOptions> factory, IEnumerable<IOptionsChangeTokenSource<ApiJwtOptions>> changes)
    where T : ApiJwt
{
    public static string Name { get; } = typeof(T).FullName!;

    /// <summary>The sources of the configuration that these settings come from, to hear of changes.</summary>
    public IEnumerable<IOptionsChangeTokenSource<ApiJwtOptions>> Changes => changes.Where(change => change.Name == Name);

    /// <summary>What the class reads once, as it was when the class was constructed.</summary>
    public ReadOnceSettings? InForce { get; private set; }

    /// <summary>Makes the settings that the class is constructed with.</summary>
    public ApiJwtOptions CreateForClass()
    {
        ApiJwtOptions options = Create();
        InForce = new ReadOnceSettings(options);
        return options;
    }

    public ApiJwtOptions Create() => factory.Create(Name);
}
