using ApiJwts.AspNetCore.Authentication;
using ApiJwts.AspNetCore.Authorization;
using ApiJwts.AspNetCore.Payload;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore;

/// <summary>Adds authentication by tokens that a class derived from <see cref="ApiJwt"/> verifies.</summary>
public static class ApiJwtAuthenticationBuilderExtensions
{
    /// <summary>Adds the stock bearer scheme, <c>Bearer</c>, with tokens verified by <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The class that <see cref="ApiJwtServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configure">
    /// Changes the scheme's options: events, forwarding, the challenge, <c>SaveToken</c>, <c>IncludeErrorDetails</c>, and the types of the name
    /// and role claims. Any other option stops the application at start: <typeparamref name="T"/> judges tokens, by its own settings.
    /// </param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">A call before has added a scheme of this name.</exception>
    public static AuthenticationBuilder AddApiJwt<T>(this AuthenticationBuilder builder, Action<JwtBearerOptions>? configure = null)
        where T : ApiJwt => builder.AddApiJwt<T>(JwtBearerDefaults.AuthenticationScheme, configure);

    /// <summary>Adds a bearer scheme of another name, so that several classes can stand side by side.</summary>
    /// <typeparam name="T">The class that <see cref="ApiJwtServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <param name="configure">
    /// Changes the scheme's options: events, forwarding, the challenge, <c>SaveToken</c>, <c>IncludeErrorDetails</c>, and the types of the name
    /// and role claims. Any other option stops the application at start: <typeparamref name="T"/> judges tokens, by its own settings.
    /// </param>
    /// <returns>The builder, for further calls.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="authenticationScheme"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">A call before has added a scheme of this name.</exception>
    public static AuthenticationBuilder AddApiJwt<T>(
        this AuthenticationBuilder builder, string authenticationScheme, Action<JwtBearerOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(service => service.ImplementationInstance is VerifyingScheme { Name: var name } && name == authenticationScheme))
            throw new InvalidOperationException($"The scheme '{authenticationScheme}' is added already. Call AddApiJwt for it once, and give the scheme of another class another name: AddApiJwt<{typeof(T).Name}>(\"{typeof(T).Name}\").");
        builder.Services.Configure<AuthenticationOptions>(options => RefuseSchemeOfOthers(options, authenticationScheme, typeof(T).Name));
        builder.AddJwtBearer(authenticationScheme, configure ?? (_ => { }));
        builder.Services.Configure<AuthenticationOptions>(options => options.SchemeMap[authenticationScheme].HandlerType = typeof(ApiJwtBearerHandler));
        builder.Services.AddOptions<JwtBearerOptions>(authenticationScheme)
            .PostConfigure<IServiceProvider>((options, provider) => VerifyWith<T>(options, provider, authenticationScheme))
            .Validate<IServiceProvider>((options, provider) => HasNoUselessOption<T>(options, provider, authenticationScheme))
            .ValidateOnStart();
        if (!builder.Services.Any(service => service.ServiceType == typeof(VerifyingScheme)))
        {
            PayloadAccess.Register(builder.Services);
            RequirementPolicyProvider.Register(builder.Services);
            TransformedPrincipals.Register(builder.Services);
            SubjectAsUserId.Register(builder.Services);
            AnswerRefusals(builder.Services);
            builder.Services.AddTransient<IStartupFilter, EndpointCheck>();
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
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
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
        T jwt = Find<T>(provider);
        // A copy: two schemes may share the object.
        TokenValidationParameters parameters = options.TokenValidationParameters.Clone();
        parameters.AuthenticationType ??= scheme;
        options.TokenValidationParameters = parameters;
        if (options.TokenHandlers is [var stock] && stock.GetType() == typeof(JsonWebTokenHandler))
            options.TokenHandlers.Clear();
        options.TokenHandlers.Add(jwt.TokenHandler);
    }

    /// <summary>Runs after everything that changes the options.</summary>
    private static bool HasNoUselessOption<T>(JwtBearerOptions options, IServiceProvider provider, string scheme)
        where T : ApiJwt => StockOptions.FindUseless(options, scheme, Find<T>(provider).TokenHandler, provider.GetService<TimeProvider>() ?? TimeProvider.System) is not { } found
            ? true
            : throw new InvalidOperationException($"{found} of the scheme '{scheme}' decides nothing here: {typeof(T).Name} judges its tokens, by the settings of {StockOptions.Counterpart(found)}. Take it out of AddApiJwt, or of Authentication:Schemes:{scheme} in the configuration, where 'dotnet user-jwts' puts it.");

    private static T Find<T>(IServiceProvider provider)
        where T : ApiJwt => provider.GetService<T>()
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not registered. Call services.AddApiJwt<{typeof(T).Name}>(\"Jwt\") as well.");

    private static void RefuseSchemeOfOthers(AuthenticationOptions options, string scheme, string name)
    {
        if (options.SchemeMap.ContainsKey(scheme))
            throw new InvalidOperationException($"The scheme '{scheme}' is added already, by AddJwtBearer or another package. Remove that, or give the scheme of {name} another name: AddApiJwt<{name}>(\"{name}\").");
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
