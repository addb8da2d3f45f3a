using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiJwts.AspNetCore.Authentication;

/// <summary>The path prefixes for which a scheme reads the token of a WebSocket handshake from the query.</summary>
/// <remarks>The paths are stored beside the options and not in the events, because the application may replace the events later.</remarks>
internal static class HubPaths
{
    private static readonly ConditionalWeakTable<JwtBearerOptions, List<PathString>> Paths = [];

    public static void Add(JwtBearerOptions options, PathString path) => Paths.GetOrCreateValue(options).Add(path);

    /// <summary>The token in the query; <see langword="null"/> if the request may not send it there.</summary>
    public static string? TokenOf(HttpRequest request, JwtBearerOptions options) =>
        request.Headers.Authorization.Count == 0
        && Paths.TryGetValue(options, out List<PathString>? paths)
        && paths.Exists(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        && IsWebSocketHandshake(request)
            ? request.Query["access_token"].ToString()
            : null;

    // HttpContext.WebSockets may not know yet, because the WebSockets middleware may run after authentication.
    private static bool IsWebSocketHandshake(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
        || (HttpMethods.IsGet(request.Method) && string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase));
}
