using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>
/// Finds options of the stock handler that have no effect in this package. An audience, for example, would look as if it were checked.
/// </summary>
internal static class StockOptions
{
    // All other options must keep their defaults, so that an option of a later version is refused until it is known to work.
    private static readonly string[] WorkingOptions =
    [
        nameof(JwtBearerOptions.Challenge),
        nameof(JwtBearerOptions.Events),
        nameof(JwtBearerOptions.EventsType),
        nameof(JwtBearerOptions.ForwardAuthenticate),
        nameof(JwtBearerOptions.ForwardChallenge),
        nameof(JwtBearerOptions.ForwardDefault),
        nameof(JwtBearerOptions.ForwardDefaultSelector),
        nameof(JwtBearerOptions.ForwardForbid),
        nameof(JwtBearerOptions.ForwardSignIn),
        nameof(JwtBearerOptions.ForwardSignOut),
        nameof(JwtBearerOptions.IncludeErrorDetails),
        // This package never maps claim names, so both values have the same result.
        nameof(JwtBearerOptions.MapInboundClaims),
        nameof(JwtBearerOptions.SaveToken),
        // WorkingParameters lists its properties.
        nameof(JwtBearerOptions.TokenValidationParameters),
        nameof(JwtBearerOptions.TimeProvider),
    ];

    private static readonly string[] WorkingParameters =
    [
        nameof(TokenValidationParameters.AuthenticationType),
        nameof(TokenValidationParameters.NameClaimType),
        nameof(TokenValidationParameters.RoleClaimType),
        // This package always validates the signing key.
        nameof(TokenValidationParameters.ValidateIssuerSigningKey),
    ];

    // The stock handler derives other options from these. They come first, so that the message names the option that the application set.
    private static readonly string[] Origins = [nameof(JwtBearerOptions.Authority), nameof(JwtBearerOptions.MetadataAddress), nameof(JwtBearerOptions.Audience), nameof(JwtBearerOptions.Configuration)];

    /// <param name="options">The options after all configuration.</param>
    /// <param name="scheme">The name of the scheme.</param>
    /// <param name="handler">The handler that verifies the tokens.</param>
    /// <param name="time">The clock of the application.</param>
    /// <returns>The name of an option that has no effect; <see langword="null"/> if there is none.</returns>
    public static string? FindIneffective(JwtBearerOptions options, string scheme, TokenHandler handler, TimeProvider time)
    {
        TokenValidationParameters parameters = options.TokenValidationParameters;
        IEnumerable<string> ineffective = Changed(typeof(JwtBearerOptions).GetProperties(), options, new JwtBearerOptions(), WorkingOptions)
            .Concat(Changed(typeof(TokenValidationParameters).GetProperties(), parameters, new TokenValidationParameters(), WorkingParameters));
        return ineffective.OrderByDescending(option => Origins.Contains(option)).ThenBy(option => Array.IndexOf(Origins, option)).FirstOrDefault()
            ?? (options.TokenHandlers is not [var only] || only != handler ? nameof(options.TokenHandlers)
                // The requirements read the scheme of a token from this parameter.
                : parameters.AuthenticationType != scheme ? nameof(parameters.AuthenticationType)
                : options.TimeProvider is { } clock && clock != time ? nameof(options.TimeProvider)
                : null);
    }

    /// <summary>The setting of <see cref="ApiJwtOptions"/> that takes the place of an option of the stock handler.</summary>
    public static string Counterpart(string option) => option switch
    {
        _ when option.Contains("SigningKey", StringComparison.Ordinal) => "ApiJwtOptions.PublicKeys or JwksUri",
        _ when option.Contains("Audience", StringComparison.Ordinal) => "ApiJwtOptions.Audience, AcceptedAudiences and RequireAudience",
        _ when option.Contains("Issuer", StringComparison.Ordinal) => "ApiJwtOptions.Issuers",
        _ when option.Contains("Backchannel", StringComparison.Ordinal) => "ApiJwtOptions.JwksUri and the HTTP client ApiJwtDefaults.HttpClientName",
        nameof(TokenValidationParameters.ClockSkew) => "ApiJwtOptions.ClockSkew",
        nameof(TokenValidationParameters.ValidTypes) or nameof(TokenValidationParameters.TypeValidator) => "ApiJwtOptions.TokenType and AcceptedTokenTypes",
        nameof(JwtBearerOptions.TimeProvider) => "ApiJwtOptions.TimeProvider, or a TimeProvider in the services",
        _ => "the settings of ApiJwtOptions, such as Audience and JwksUri,",
    };

    private static IEnumerable<string> Changed(PropertyInfo[] properties, object value, object stock, string[] working) => properties
        .Where(property => property.SetMethod?.IsPublic == true && !working.Contains(property.Name))
        .Where(property => !IsStock(property.GetValue(value), property.GetValue(stock)))
        .Select(property => property.Name);

    // Options that are read from a configuration have empty lists where the defaults are null.
    private static bool IsStock(object? value, object? stock) =>
        Equals(value, stock) || (stock is null && value is IEnumerable items && !items.Cast<object>().Any());
}
