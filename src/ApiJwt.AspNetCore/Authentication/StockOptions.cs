using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>Finds options of the stock scheme that decide nothing here: an audience that is set and not checked would look as if it were.</summary>
internal static class StockOptions
{
    // All others must keep their defaults, so that an option of a later version is refused until it is known to work.
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
        // This package never maps claim names, so that false has no effect.
        nameof(JwtBearerOptions.MapInboundClaims),
        nameof(JwtBearerOptions.SaveToken),
        // Its options are looked at one by one.
        nameof(JwtBearerOptions.TokenValidationParameters),
        nameof(JwtBearerOptions.TimeProvider),
    ];

    private static readonly string[] WorkingParameters =
    [
        nameof(TokenValidationParameters.AuthenticationType),
        nameof(TokenValidationParameters.NameClaimType),
        nameof(TokenValidationParameters.RoleClaimType),
        // On is what happens here.
        nameof(TokenValidationParameters.ValidateIssuerSigningKey),
    ];

    // The platform sets others from these, which nobody would find in their code.
    private static readonly string[] Origins = [nameof(JwtBearerOptions.Authority), nameof(JwtBearerOptions.MetadataAddress), nameof(JwtBearerOptions.Audience), nameof(JwtBearerOptions.Configuration)];

    /// <param name="options">The options, after everything that changes them.</param>
    /// <param name="scheme">The name of the scheme.</param>
    /// <param name="handler">What verifies the tokens.</param>
    /// <param name="time">The clock of the application.</param>
    /// <returns>The name of an option that decides nothing; <see langword="null"/> if there is none.</returns>
    public static string? FindUseless(JwtBearerOptions options, string scheme, TokenHandler handler, TimeProvider time)
    {
        TokenValidationParameters parameters = options.TokenValidationParameters;
        IEnumerable<string> useless = Changed(typeof(JwtBearerOptions).GetProperties(), options, new JwtBearerOptions(), WorkingOptions)
            .Concat(Changed(typeof(TokenValidationParameters).GetProperties(), parameters, new TokenValidationParameters(), WorkingParameters));
        return useless.OrderByDescending(option => Origins.Contains(option)).ThenBy(option => Array.IndexOf(Origins, option)).FirstOrDefault()
            ?? (options.TokenHandlers is not [var only] || only != handler ? nameof(options.TokenHandlers)
                // The guards tell by it which scheme a token came by.
                : parameters.AuthenticationType != scheme ? nameof(parameters.AuthenticationType)
                : options.TimeProvider is { } clock && clock != time ? nameof(options.TimeProvider)
                : null);
    }

    /// <summary>What of <see cref="ApiJwtOptions"/> to set instead of an option of the stock scheme.</summary>
    public static string Counterpart(string option) => option switch
    {
        _ when option.Contains("Key", StringComparison.Ordinal) => "ApiJwtOptions.PublicKeys or JwksUri",
        _ when option.Contains("Audience", StringComparison.Ordinal) => "ApiJwtOptions.Audience, AcceptedAudiences and RequireAudience",
        _ when option.Contains("Issuer", StringComparison.Ordinal) => "ApiJwtOptions.Issuers",
        _ when option.Contains("Backchannel", StringComparison.Ordinal) => "ApiJwtDefaults.HttpClientName, beside the settings of ApiJwtOptions",
        nameof(TokenValidationParameters.ClockSkew) => "ApiJwtOptions.ClockSkew",
        nameof(TokenValidationParameters.ValidTypes) or nameof(TokenValidationParameters.TypeValidator) => "ApiJwtOptions.TokenType and AcceptedTokenTypes",
        nameof(JwtBearerOptions.TimeProvider) => "ApiJwtOptions.TimeProvider, or TimeProvider in the services",
        _ => "ApiJwtOptions, such as Audience and JwksUri",
    };

    private static IEnumerable<string> Changed(PropertyInfo[] properties, object value, object stock, string[] working) => properties
        .Where(property => property.SetMethod?.IsPublic == true && !working.Contains(property.Name))
        .Where(property => !IsStock(property.GetValue(value), property.GetValue(stock)))
        .Select(property => property.Name);

    // What the platform reads from a configuration has empty lists where nothing is set.
    private static bool IsStock(object? value, object? stock) =>
        Equals(value, stock) || (stock is null && value is IEnumerable items && !items.Cast<object>().Any());
}
