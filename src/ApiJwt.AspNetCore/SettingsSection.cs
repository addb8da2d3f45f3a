using Microsoft.Extensions.Configuration;

namespace ApiJwts.AspNetCore;

/// <summary>What the binding of a section of the configuration does not do: refuse what would be misread, and say where it stands.</summary>
internal static class SettingsSection
{
    private static readonly string[] Settings =
    [
        nameof(ApiJwtOptions.PrivateKey),
        nameof(ApiJwtOptions.PublicKeys),
        nameof(ApiJwtOptions.JwksUri),
        nameof(ApiJwtOptions.Audience),
        nameof(ApiJwtOptions.TimeToLive),
        nameof(ApiJwtOptions.ClockSkew),
        nameof(ApiJwtOptions.MaxTokenLength),
        nameof(ApiJwtOptions.VerifiedTokenCacheSize),
    ];

    public static void Complete(ApiJwtOptions options, IConfiguration section)
    {
        options.Section = section is IConfigurationSection { Path: var path } ? path : "";
        if (section.GetChildren().FirstOrDefault(child => !Settings.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } stranger)
            throw new ApiJwtException($"{options.Name(stranger.Key)} is not a setting, and would decide nothing. The settings are {string.Join(", ", Settings)}.");
        // Binding would leave it as if it were not there.
        if (section.GetChildren().FirstOrDefault(child => !child.Key.Equals(nameof(options.PublicKeys), StringComparison.OrdinalIgnoreCase) && child.GetChildren().Any()) is { } branch)
            throw new ApiJwtException($"{options.Name(branch.Key)} is a list or an object, and takes one value. Only {nameof(options.PublicKeys)} can be a list.");
        foreach (string time in (string[])[nameof(options.TimeToLive), nameof(options.ClockSkew)])
        {
            if (section[time] is { Length: > 0 } text && text.All(char.IsAsciiDigit))
                throw new ApiJwtException($"{options.Name(time)} is a bare number, which the platform reads as days. Write 01:00:00 for an hour, 00:00:30 for 30 seconds.");
        }

        // An environment variable holds one text, where a settings file has a list.
        if (section[nameof(options.PublicKeys)] is not { Length: > 0 } single)
            return;
        if (section.GetSection(nameof(options.PublicKeys)).GetChildren().Any())
            throw new ApiJwtException($"{options.Name(nameof(options.PublicKeys))} is a text in one source of the configuration and a list in another, and both would be trusted. Give one of the two.");
        options.PublicKeys.Add(single);
    }
}
