using ApiJwts.AspNetCore.Authentication;
using ApiJwts.AspNetCore.Authorization;
using ApiJwts.AspNetCore.Payload;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore;

/// <summary>Adds authentication by tokens that a class derived from <see cref="ApiJwt"/> verifies.</summary>
public static class ApiJwtAuthenticationBuilderExtensions
{
    /// <summary>Adds the stock bearer scheme, <c>Bearer</c>, with tokens verified by <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The class that <see cref="ApiJwtServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configure">
    /// Changes the scheme's other options, such as its events. What it says of issuers, audiences and keys is refused when the application
    /// starts: <typeparamref name="T"/> judges tokens, by its own settings.
    /// </param>
    public static AuthenticationBuilder AddApiJwt<T>(this AuthenticationBuilder builder, Action<JwtBearerOptions>? configure = null)
        where T : ApiJwt => builder.AddApiJwt<T>(JwtBearerDefaults.AuthenticationScheme, configure);

    /// <summary>Adds a bearer scheme of another name, so that several classes can stand side by side.</summary>
    /// <typeparam name="T">The class that <see cref="ApiJwtServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <param name="configure">
    /// Changes the scheme's other options, such as its events. What it says of issuers, audiences and keys is refused when the application
    /// starts: <typeparamref name="T"/> judges tokens, by its own settings.
    /// </param>
    public static AuthenticationBuilder AddApiJwt<T>(
        this AuthenticationBuilder builder, string authenticationScheme, Action<JwtBearerOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddJwtBearer(authenticationScheme, configure ?? (_ => { }));
        builder.Services.Configure<AuthenticationOptions>(options => options.SchemeMap[authenticationScheme].HandlerType = typeof(ApiJwtBearerHandler));
        builder.Services.AddOptions<JwtBearerOptions>(authenticationScheme)
            .PostConfigure<IServiceProvider>((options, provider) => VerifyWith<T>(options, provider, authenticationScheme))
            .ValidateOnStart();
        if (!builder.Services.Any(service => service.ServiceType == typeof(VerifyingScheme)))
        {
            PayloadAccess.Register(builder.Services);
            PayloadPolicyProvider.Register(builder.Services);
            TransformedPrincipals.Register(builder.Services);
            SubjectAsUserId.Register(builder.Services);
            AnswerRefusals(builder.Services);
            builder.Services.AddSingleton<TokenOwners>().AddTransient<ApiJwtBearerHandler>();
        }

        builder.Services.AddSingleton(new VerifyingScheme(authenticationScheme, provider => provider.GetRequiredService<T>()));
        return builder;
    }

    /// <summary>
    /// Takes the token of a WebSocket handshake from the query (<c>access_token</c>), because a browser cannot send a header with one.
    /// No other request may have it there: addresses end up in logs and histories.
    /// </summary>
    /// <param name="options">The options of the scheme.</param>
    /// <param name="path">The path below which it is allowed, such as that of a hub: <c>/chat</c>, without a slash at its end.</param>
    /// <exception cref="ArgumentException">The path is empty, which would be every path, or ends in a slash, which would be none.</exception>
    public static void AcceptTokenInWebSocketQuery(this JwtBearerOptions options, PathString path)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!path.HasValue || path.Value.EndsWith('/'))
            throw new ArgumentException("Name the path of the hub, such as /chat: an empty one would be every path, and one that ends in a slash none.", nameof(path));
        HubPaths.Add(options, path);
    }

    private static void VerifyWith<T>(JwtBearerOptions options, IServiceProvider provider, string scheme)
        where T : ApiJwt
    {
        T jwt = provider.GetService<T>()
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not registered. Call services.AddApiJwt<{typeof(T).Name}>(\"Jwt\") as well.");
        RefuseSettingsThatDecideNothing(options, scheme, typeof(T).Name);
        options.UseSecurityTokenValidators = false;
        options.TokenValidationParameters.AuthenticationType ??= scheme;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(jwt.TokenHandler);
    }

    /// <summary>An audience that is set and not checked would look as if it were.</summary>
    private static void RefuseSettingsThatDecideNothing(JwtBearerOptions options, string scheme, string name)
    {
        TokenValidationParameters parameters = options.TokenValidationParameters;
        (string Setting, bool IsSet)[] others =
        [
            (nameof(options.Authority), options.Authority is not null),
            (nameof(options.MetadataAddress), options.MetadataAddress is not null),
            (nameof(options.Audience), options.Audience is not null),
            (nameof(parameters.ValidAudience), parameters.ValidAudience is not null),
            (nameof(parameters.ValidAudiences), parameters.ValidAudiences?.Any() == true),
            (nameof(parameters.ValidIssuer), parameters.ValidIssuer is not null),
            (nameof(parameters.ValidIssuers), parameters.ValidIssuers?.Any() == true),
            (nameof(parameters.IssuerSigningKey), parameters.IssuerSigningKey is not null),
            (nameof(parameters.IssuerSigningKeys), parameters.IssuerSigningKeys?.Any() == true),
        ];
        if (Array.Find(others, other => other.IsSet) is { IsSet: true } found)
            throw new InvalidOperationException($"{found.Setting} of the scheme '{scheme}' decides nothing here: {name} judges its tokens, by the settings of ApiJwtOptions, such as Audience and JwksUri. Take it out of AddApiJwt, or of Authentication:Schemes:{scheme} in the configuration, where 'dotnet user-jwts' puts it.");
    }

    private static void AnswerRefusals(IServiceCollection services)
    {
        Type? present = services.LastOrDefault(service => service.ServiceType == typeof(IAuthorizationMiddlewareResultHandler)) is { } service
            ? service.ImplementationType ?? typeof(object)
            : null;
        // Somebody's own way of answering stays.
        if (present is null || present == typeof(AuthorizationMiddlewareResultHandler))
            services.Replace(ServiceDescriptor.Singleton<IAuthorizationMiddlewareResultHandler, RefusalAnswers>());
    }
}
