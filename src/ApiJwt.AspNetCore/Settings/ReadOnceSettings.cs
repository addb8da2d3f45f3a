using System.Globalization;
using System.Reflection;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>The values of the settings that a class reads only when it is constructed.</summary>
internal sealed class ReadOnceSettings
{
    // The settings that KeyRing.Reload applies.
    private static readonly string[] Reloadable =
    [
        nameof(ApiJwtOptions.PrivateKey),
        nameof(ApiJwtOptions.PrivateKeyFile),
        nameof(ApiJwtOptions.CertificateFile),
        nameof(ApiJwtOptions.CertificatePassword),
        nameof(ApiJwtOptions.PublicKeys),
        nameof(ApiJwtOptions.PublicKeyFiles),
        nameof(ApiJwtOptions.JwksUri),
        nameof(ApiJwtOptions.AllowHttpJwksUri),
    ];

    private static readonly PropertyInfo[] Properties =
        [.. typeof(ApiJwtOptions).GetProperties().Where(property => SettingsSection.Names.Except(Reloadable).Contains(property.Name))];

    private readonly string?[] _values;
    private readonly string? _section;

    public ReadOnceSettings(ApiJwtOptions options)
    {
        _values = Array.ConvertAll(Properties, property => TextOf(property.GetValue(options)));
        _section = options.ConfigurationSection;
    }

    /// <summary>The paths in the configuration of the settings whose values differ.</summary>
    public string[] ChangedIn(ReadOnceSettings changed) =>
        [.. Properties.Where((_, i) => _values[i] != changed._values[i]).Select(property => string.IsNullOrEmpty(_section) ? property.Name : $"{_section}:{property.Name}")];

    private static string? TextOf(object? value) => value is IEnumerable<string> list ? string.Join('\n', list) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
