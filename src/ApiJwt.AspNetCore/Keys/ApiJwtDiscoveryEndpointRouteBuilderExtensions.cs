using System.Text.Json.Nodes;
using ApiJwts.AspNetCore.Keys;
using ApiJwts.AspNetCore.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Publishes the metadata of an auth service, for software that knows only its issuer.</summary>
public static class ApiJwtDiscoveryEndpointRouteBuilderExtensions
{
    // MapJwks may use the same path, and takes precedence.
    private const int KeySetOrder = 1;

    /// <summary>
    /// Serves the metadata of an issuer to GET and HEAD requests, without authentication. The metadata is at
    /// <c>/.well-known/openid-configuration</c> after the path of the issuer (OpenID Connect Discovery 1.0, section 4), and at
    /// <c>/.well-known/oauth-authorization-server</c> before the path of the issuer (RFC 8414, section 3.1). The public keys are at
    /// <c>/.well-known/jwks.json</c> after the path of the issuer.
    /// </summary>
    /// <remarks>
    /// A stock bearer scheme with an <c>Audience</c>, and with the issuer as its <c>Authority</c>, then accepts the tokens of this issuer.
    /// Requests must reach the application with the path of the issuer. The metadata names no login endpoint, because there is no login page.
    /// </remarks>
    /// <typeparam name="T">The class that issues the tokens.</typeparam>
    /// <param name="endpoints">The application. It must not be a route group, because the issuer determines the paths.</param>
    /// <param name="issuer">
    /// The address of the auth service, exactly as in <see cref="PayloadPolicy.AllowKey"/>. It must use HTTPS, and have no user name, query or
    /// fragment. HTTP is allowed for loopback addresses, and for other addresses with <see cref="ApiJwtOptions.AllowHttpJwksUri"/>.
    /// </param>
    /// <returns>A builder that adds conventions to all three endpoints, such as <c>RequireHost</c> or <c>RequireCors</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="issuer"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The issuer is not such an address, the policy of <typeparamref name="T"/> has no key with this issuer, or <paramref name="endpoints"/> is
    /// a route group.
    /// </exception>
    public static IEndpointConventionBuilder MapDiscovery<T>(this IEndpointRouteBuilder endpoints, string issuer)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(issuer);
        if (endpoints is RouteGroupBuilder)
            throw new ApiJwtException("MapDiscovery was called on a route group, but the issuer determines the paths, and the prefix of the group would change them. Call it on the application.");
        T jwt = endpoints.ServiceProvider.GetRequiredService<T>();
        bool allowsHttp = endpoints.ServiceProvider.GetService<SettingsOf<T>>()?.AllowsHttp ?? false;
        string path = DiscoveryIssuer.PathOf(issuer, jwt, allowsHttp);

        // Both specifications remove a trailing slash of the issuer before they append to it.
        var metadata = new PublishedDocument(MetadataOf(issuer, $"{issuer.TrimEnd('/')}/.well-known/jwks.json"), "application/json", KeySetEndpoint.CacheControl);
        RouteGroupBuilder all = endpoints.MapGroup("");
        Map(all, $"{path}/.well-known/openid-configuration", metadata.WriteAsync);
        Map(all, $"/.well-known/oauth-authorization-server{path}", metadata.WriteAsync);
        Map(all, $"{path}/.well-known/jwks.json", context => KeySetEndpoint.WriteAsync(context, jwt)).WithOrder(KeySetOrder);
        return all.WithMetadata(new AllowAnonymousAttribute());
    }

    private static IEndpointConventionBuilder Map(RouteGroupBuilder group, string pattern, RequestDelegate answer) =>
        group.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], answer).WithDisplayName($"Discovery: {pattern}");

    /// <summary>
    /// The members that RFC 8414, section 2, and OpenID Connect Discovery 1.0, section 3, require. They require a response type: like other
    /// issuers without a login page, this one names <c>id_token</c>.
    /// </summary>
    private static string MetadataOf(string issuer, string keySet) => new JsonObject
    {
        ["issuer"] = issuer,
        ["jwks_uri"] = keySet,
        ["response_types_supported"] = new JsonArray("id_token"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    }.ToJsonString();
}
