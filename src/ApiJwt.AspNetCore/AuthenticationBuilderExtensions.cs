using ApiJwts.AspNetCore.Authorization;
using ApiJwts.AspNetCore.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ApiJwts.AspNetCore;

/// <summary>Adds authentication by tokens that a class derived from <see cref="ApiJwt"/> verifies.</summary>
public static class AuthenticationBuilderExtensions
{
    /// <summary>Adds the stock bearer scheme, <c>Bearer</c>, with tokens verified by <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">The class that <see cref="ServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configure">Changes the scheme's other options, such as its events.</param>
    public static AuthenticationBuilder AddApiJwt<T>(this AuthenticationBuilder builder, Action<JwtBearerOptions>? configure = null)
        where T : ApiJwt => builder.AddApiJwt<T>(JwtBearerDefaults.AuthenticationScheme, configure);

    /// <summary>Adds a bearer scheme of another name, so that several classes can stand side by side.</summary>
    /// <typeparam name="T">The class that <see cref="ServiceCollectionExtensions"/> registered.</typeparam>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <param name="configure">Changes the scheme's other options, such as its events.</param>
    public static AuthenticationBuilder AddApiJwt<T>(
        this AuthenticationBuilder builder, string authenticationScheme, Action<JwtBearerOptions>? configure = null)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddJwtBearer(authenticationScheme, configure ?? (_ => { }));
        builder.Services.AddOptions<JwtBearerOptions>(authenticationScheme)
            .PostConfigure<IServiceProvider>((options, provider) => VerifyWith<T>(options, provider, authenticationScheme));
        AnswerRefusals(builder.Services);
        return builder;
    }

    /// <summary>
    /// Takes the token of a WebSocket handshake from the query (<c>access_token</c>), because a browser cannot send a header with one.
    /// No other request may have it there: addresses end up in logs and histories.
    /// </summary>
    /// <param name="options">The options of the scheme.</param>
    /// <param name="path">The path below which it is allowed, such as that of a hub.</param>
    public static void AcceptTokenInWebSocketQuery(this JwtBearerOptions options, PathString path)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Events ??= new JwtBearerEvents();
        Func<MessageReceivedContext, Task> others = options.Events.OnMessageReceived;
        options.Events.OnMessageReceived = message =>
        {
            HttpRequest request = message.Request;
            if (request.Headers.Authorization.Count == 0 && IsWebSocketHandshake(message.HttpContext) && request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                message.Token = request.Query["access_token"];
            return others(message);
        };
    }

    // Asked of the request itself: the WebSockets middleware may come after authentication.
    private static bool IsWebSocketHandshake(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
        || (HttpMethods.IsGet(context.Request.Method) && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase));

    private static void VerifyWith<T>(JwtBearerOptions options, IServiceProvider provider, string scheme)
        where T : ApiJwt
    {
        T jwt = provider.GetService<T>()
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not registered. Call services.AddApiJwt<{typeof(T).Name}>(\"Jwt\") as well.");
        // Without an address to fetch keys from, a token with a strange key is not looked at twice.
        KeySource<T>? source = provider.GetService<KeySource<T>>() is { IsRemote: true } remote ? remote : null;
        options.UseSecurityTokenValidators = false;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new VerifyingTokenHandler(jwt, source, scheme, provider.GetRequiredService<ILogger<T>>()));
        options.Events ??= new JwtBearerEvents();
        Func<JwtBearerChallengeContext, Task> others = options.Events.OnChallenge;
        options.Events.OnChallenge = challenge =>
        {
            // The stock text has the moment of expiry, and for other failures the name of what was wrong.
            if (challenge.Error is not null)
                challenge.ErrorDescription = BearerError.Describe(challenge.AuthenticateFailure);
            return others(challenge);
        };
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
