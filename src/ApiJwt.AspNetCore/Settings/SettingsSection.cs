using Microsoft.Extensions.Configuration;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>Reads a section of the configuration, and refuses unknown settings and values that cannot be read.</summary>
/// <remarks>The configuration binder ignores unknown settings, and its exceptions repeat values, which may be a misplaced private key.</remarks>
internal static class SettingsSection
{
    // Applications pass this name even if they set all settings in code.
    private const string UsualName = "Jwt";

    private static readonly Dictionary<string, Action<ApiJwtOptions, Setting>> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(ApiJwtOptions.PrivateKey)] = (options, setting) => options.PrivateKey = setting.Text() ?? options.PrivateKey,
        [nameof(ApiJwtOptions.PrivateKeyFile)] = (options, setting) => options.PrivateKeyFile = setting.Text() ?? options.PrivateKeyFile,
        [nameof(ApiJwtOptions.CertificateFile)] = (options, setting) => options.CertificateFile = setting.Text() ?? options.CertificateFile,
        [nameof(ApiJwtOptions.CertificatePassword)] = (options, setting) => options.CertificatePassword = setting.Text() ?? options.CertificatePassword,
        [nameof(ApiJwtOptions.PublicKeys)] = (options, setting) => setting.AddTextsTo(options.PublicKeys),
        [nameof(ApiJwtOptions.PublicKeyFiles)] = (options, setting) => setting.AddTextsTo(options.PublicKeyFiles),
        [nameof(ApiJwtOptions.JwksUri)] = (options, setting) => options.JwksUri = setting.Address() ?? options.JwksUri,
        [nameof(ApiJwtOptions.AllowHttpJwksUri)] = (options, setting) => options.AllowHttpJwksUri = setting.Switch() ?? options.AllowHttpJwksUri,
        [nameof(ApiJwtOptions.Issuers)] = (options, setting) => setting.AddTextsTo(options.Issuers),
        [nameof(ApiJwtOptions.Audience)] = (options, setting) => options.Audience = setting.Text() ?? options.Audience,
        [nameof(ApiJwtOptions.AcceptedAudiences)] = (options, setting) => setting.AddTextsTo(options.AcceptedAudiences),
        [nameof(ApiJwtOptions.RequireAudience)] = (options, setting) => options.RequireAudience = setting.Switch() ?? options.RequireAudience,
        [nameof(ApiJwtOptions.TokenType)] = (options, setting) => options.TokenType = setting.Text() ?? options.TokenType,
        [nameof(ApiJwtOptions.AcceptedTokenTypes)] = (options, setting) => setting.AddTextsTo(options.AcceptedTokenTypes),
        [nameof(ApiJwtOptions.WriteKeyId)] = (options, setting) => options.WriteKeyId = setting.Switch() ?? options.WriteKeyId,
        [nameof(ApiJwtOptions.AllowMissingSubject)] = (options, setting) => options.AllowMissingSubject = setting.Switch() ?? options.AllowMissingSubject,
        [nameof(ApiJwtOptions.ChecksTokenBinding)] = (options, setting) => options.ChecksTokenBinding = setting.Switch() ?? options.ChecksTokenBinding,
        [nameof(ApiJwtOptions.RevocationsUri)] = (options, setting) => options.RevocationsUri = setting.Address() ?? options.RevocationsUri,
        [nameof(ApiJwtOptions.RevocationsRefreshInterval)] = (options, setting) => options.RevocationsRefreshInterval = setting.Duration() ?? options.RevocationsRefreshInterval,
        [nameof(ApiJwtOptions.MaxAge)] = (options, setting) => options.MaxAge = setting.Duration() ?? options.MaxAge,
        [nameof(ApiJwtOptions.TimeToLive)] = (options, setting) => options.TimeToLive = setting.Duration() ?? options.TimeToLive,
        [nameof(ApiJwtOptions.MaxTimeToLive)] = (options, setting) => options.MaxTimeToLive = setting.Duration() ?? options.MaxTimeToLive,
        [nameof(ApiJwtOptions.ClockSkew)] = (options, setting) => options.ClockSkew = setting.Duration() ?? options.ClockSkew,
        [nameof(ApiJwtOptions.MaxTokenLength)] = (options, setting) => options.MaxTokenLength = setting.Number() ?? options.MaxTokenLength,
        [nameof(ApiJwtOptions.VerifiedTokenCacheSize)] = (options, setting) => options.VerifiedTokenCacheSize = setting.Number() ?? options.VerifiedTokenCacheSize,
    };

    public static IEnumerable<string> Names => Settings.Keys;

    /// <param name="options">The options to set.</param>
    /// <param name="section">The section that contains the settings.</param>
    /// <param name="sources">The sources of the configuration that the section is part of.</param>
    /// <exception cref="ApiJwtException">A setting cannot be used. The message names the setting, and does not repeat its value.</exception>
    public static void Read(ApiJwtOptions options, IConfiguration section, ConfigurationSources sources)
    {
        options.ConfigurationSection = (section as IConfigurationSection)?.Path ?? "";
        if (section is IConfigurationSection { Value.Length: > 0 } text)
            throw new ApiJwtException($"{text.Path} is a text, but must be a section with settings such as {text.Path}:{nameof(ApiJwtOptions.JwksUri)}.");
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length == 0 && section is IConfigurationSection { Path: { } path } && !path.Equals(UsualName, StringComparison.OrdinalIgnoreCase))
            throw new ApiJwtException($"The configuration has no settings in the section {path}, which was passed to AddApiJwt. Correct the name of the section. If all settings are set in code, call AddApiJwt without a section: AddApiJwt<T>(options => ...).");
        foreach (IConfigurationSection child in children)
        {
            if (!Settings.TryGetValue(child.Key, out Action<ApiJwtOptions, Setting>? read))
                throw new ApiJwtException($"{child.Path} is not a setting, and would have no effect. {NearestName.Advice(child.Key, Settings.Keys)} The settings are {string.Join(", ", Settings.Keys)}.");
            var setting = new Setting(child, sources);
            setting.RefuseIfEmptied();
            read(options, setting);
        }
    }
}
