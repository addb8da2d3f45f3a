using System.Text.RegularExpressions;

namespace ApiJwts.Tool;

/// <summary>Replaces the names of settings in messages of the library by the options of this tool.</summary>
internal static partial class OptionNames
{
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["ApiJwtOptions.PrivateKey"] = "--private-key",
        ["ApiJwtOptions.PublicKeys"] = "--key",
        ["ApiJwtOptions.JwksUri"] = "--jwks",
        ["ApiJwtOptions.AllowHttpJwksUri"] = "--allow-http",
        ["ApiJwtOptions.AcceptedAudiences"] = "--audience",
        ["ApiJwtOptions.Issuers"] = "--issuer",
        ["ApiJwtOptions.TokenType"] = "--type",
        ["ApiJwtOptions.AcceptedTokenTypes"] = "--type",
        ["TokenRequest.Subject"] = "--subject",
        ["TokenRequest.Key"] = "--key",
        ["TokenRequest.Level"] = "--level",
        ["TokenRequest.Factor"] = "--factor",
        ["TokenRequest.Target"] = "--target",
        ["TokenRequest.Scopes"] = "--scope",
        ["TokenRequest.Audience"] = "--audience",
        ["TokenRequest.TimeToLive"] = "--ttl",
    };

    public static string InPlaceOfSettings(string message) =>
        Setting().Replace(message, setting => Options.GetValueOrDefault(setting.Value, setting.Value));

    [GeneratedRegex(@"\b(ApiJwtOptions|TokenRequest)\.\w+")]
    private static partial Regex Setting();
}
