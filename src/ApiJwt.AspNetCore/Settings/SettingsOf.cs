using Microsoft.Extensions.Options;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>Makes the settings of one class, anew at each call, from the configuration as it is then.</summary>
internal sealed class SettingsOf<T>(IOptionsFactory<ApiJwtOptions> factory, IEnumerable<IOptionsChangeTokenSource<ApiJwtOptions>> changes)
    where T : ApiJwt
{
    public static string Name { get; } = typeof(T).FullName!;

    /// <summary>The sources of the configuration that these settings come from, to hear of changes.</summary>
    public IEnumerable<IOptionsChangeTokenSource<ApiJwtOptions>> Changes => changes.Where(change => change.Name == Name);

    public ApiJwtOptions Create() => factory.Create(Name);
}
