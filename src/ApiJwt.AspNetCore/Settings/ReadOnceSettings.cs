using System.Globalization;
using System.Reflection;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>The settings that a class reads when it is constructed, and not when they change.</summary>
internal sealed class ReadOnceSettings
{
    // What KeyRing.Reload takes over.
    private static readonly string[] TakenOver =
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
        [.. typeof(ApiJwtOptions).GetProperties().Where(property => SettingsSection.Names.Except(TakenOver).Contains(property.Name))];

    private readonly string?[] _values;
    private readonly string? _section;

    public ReadOnceSettings(ApiJwtOptions options)
    {
        _values = Array.ConvertAll(Properties, property => TextOf(property.GetValue(options)));
        _section = options.ConfigurationSection;
    }

    /// <summary>The names, as in the configuration, of the settings whose values differ.</summary>
    public string[] ChangedIn(ReadOnceSettings changed) =>
        [.. Properties.Where((_, i) => _values[i] != changed._values[i]).Select(property => string.IsNullOrEmpty(_section) ? property.Name : $"{_section}:{property.Name}")];

    private static string? TextOf(object? value) => value is IEnumerable<string> list ? string.Join('\n', list) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
