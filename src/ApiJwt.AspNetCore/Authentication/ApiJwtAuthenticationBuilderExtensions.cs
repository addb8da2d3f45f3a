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

/// <summary>Adds bearer authentication whose tokens a class derived from <see cref="ApiJwt"/> verifies.</summary>
public static class ApiJwtAuthenticationBuilderExtensions
{
    /// <summary>Adds the stock JWT bearer scheme, <c>Bearer</c>. <typeparamref name="T"/> verifies its tokens.</summary>
    /// <typeparam name="T">The class that <see cref="ApiJwtServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The authentication builder of the application.</param>
    /// <param name="configure">
    /// Configures the scheme: events, forwarding, the challenge, <c>SaveToken</c>, <c>IncludeErrorDetails</c>, and the types of the name and
    /// role claims. If any other option is set, the application does not start, because <typeparamref name="T"/> verifies the tokens with its
    /// own settings.
    /// </param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">This method has already added a scheme of this name.</exception>
    public static AuthenticationBuilder AddApiJwt<T>(this AuthenticationBuilder builder, Action<JwtBearerOptions>? configure = null)
        where T : ApiJwt => builder.AddApiJwt<T>(JwtBearerDefaults.AuthenticationScheme, configure);

    /// <summary>Adds a JWT bearer scheme with the given name, so that an application can use several classes.</summary>
    /// <typeparam name="T">The class that <see cref="ApiJwtServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The authentication builder of the application.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <param name="configure">
    /// Configures the scheme: events, forwarding, the challenge, <c>SaveToken</c>, <c>IncludeErrorDetails</c>, and the types of the name and
    /// role claims. If any other option is set, the application does not start, because <typeparamref name="T"/> verifies the tokens with its
    /// own settings.
    /// </param>
    /// <returns>The same builder, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="authenticationScheme"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">This method has already added a scheme of this name.</exception>
    public static AuthenticationBuilder AddApiJwt<T>(
        this AuthenticationBuilder builder, string authenticationScheme, Action<JwtBearerOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(service => service.ServiceType == typeof(VerifyingScheme) && service.ImplementationInstance is VerifyingScheme { Name: var name } && name == authenticationScheme))
            throw new InvalidOperationException($"The scheme '{authenticationScheme}' was already added. Call AddApiJwt once for each scheme. For another class, choose another name: AddApiJwt<{typeof(T).Name}>(\"{typeof(T).Name}\").");
        builder.Services.Configure<AuthenticationOptions>(options => RefuseForeignScheme(options, authenticationScheme, typeof(T).Name));
        builder.AddJwtBearer(authenticationScheme, configure ?? (_ => { }));
        builder.Services.Configure<AuthenticationOptions>(options => options.SchemeMap[authenticationScheme].HandlerType = typeof(ApiJwtBearerHandler));
        builder.Services.AddOptions<JwtBearerOptions>(authenticationScheme)
            .PostConfigure<IServiceProvider>((options, provider) => VerifyWith<T>(options, provider, authenticationScheme))
            .Validate<IServiceProvider>((options, provider) => HasOnlyEffectiveOptions<T>(options, provider, authenticationScheme))
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
    /// Reads the token of a WebSocket handshake from the query parameter <c>access_token</c>, because a browser cannot send a header with a
    /// handshake. For all other requests, tokens in the query are ignored, because logs and browser histories record addresses.
    /// </summary>
    /// <param name="options">The options of the scheme.</param>
    /// <param name="path">The path prefix that this applies to, such as the path of a hub: <c>/chat</c>. It must not end with a slash.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The path is empty, which would match every request, or ends with a slash, which would match none.</exception>
    public static void AcceptTokenInWebSocketQuery(this JwtBearerOptions options, PathString path)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!path.HasValue || path.Value.EndsWith('/'))
            throw new ArgumentException("The path is empty or ends with a slash. Give the path of the hub, such as /chat. An empty path would match every request, and a path that ends with a slash would match none.", nameof(path));
        HubPaths.Add(options, path);
    }

    private static void VerifyWith<T>(JwtBearerOptions options, IServiceProvider provider, string scheme)
        where T : ApiJwt
    {
        T jwt = Find<T>(provider);
        // Two schemes may share the object, so this scheme changes a copy.
        TokenValidationParameters parameters = options.TokenValidationParameters.Clone();
        parameters.AuthenticationType ??= scheme;
        options.TokenValidationParameters = parameters;
        if (options.TokenHandlers is [var stock] && stock.GetType() == typeof(JsonWebTokenHandler))
            options.TokenHandlers.Clear();
        options.TokenHandlers.Add(jwt.TokenHandler);
    }

    /// <summary>Validation runs after everything that configures the options.</summary>
    private static bool HasOnlyEffectiveOptions<T>(JwtBearerOptions options, IServiceProvider provider, string scheme)
        where T : ApiJwt => StockOptions.FindIneffective(options, scheme, Find<T>(provider).TokenHandler, provider.GetService<TimeProvider>() ?? TimeProvider.System) is not { } found
            ? true
            : throw new InvalidOperationException($"{found} of the scheme '{scheme}' has no effect, because {typeof(T).Name} verifies the tokens. Use {StockOptions.Counterpart(found)} instead. Remove {found} from AddApiJwt, or from Authentication:Schemes:{scheme} in the configuration, where 'dotnet user-jwts' writes it.");

    private static T Find<T>(IServiceProvider provider)
        where T : ApiJwt => provider.GetService<T>()
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not registered. Call services.AddApiJwt<{typeof(T).Name}>(\"Jwt\") as well.");

    private static void RefuseForeignScheme(AuthenticationOptions options, string scheme, string name)
    {
        if (options.SchemeMap.ContainsKey(scheme))
            throw new InvalidOperationException($"The scheme '{scheme}' was already added by AddJwtBearer or another package. Remove that scheme, or choose another name for the scheme of {name}: AddApiJwt<{name}>(\"{name}\").");
    }

    private static void AnswerRefusals(IServiceCollection services)
    {
        Type? present = services.LastOrDefault(service => service.ServiceType == typeof(IAuthorizationMiddlewareResultHandler)) is { } service
            ? service.ImplementationType ?? typeof(object)
            : null;
        // A handler of the application takes precedence.
        if (present is null || present == typeof(AuthorizationMiddlewareResultHandler))
            services.Replace(ServiceDescriptor.Singleton<IAuthorizationMiddlewareResultHandler, RefusalAnswers>());
    }
}
