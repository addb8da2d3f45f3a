using System.Text.Json.Nodes;
using ApiJwts.AspNetCore.Keys;
using ApiJwts.AspNetCore.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Describes the auth service to software that knows it by its issuer alone.</summary>
public static class ApiJwtDiscoveryEndpointRouteBuilderExtensions
{
    // Behind MapJwks, which may have the same path.
    private const int KeySetOrder = 1;

    /// <summary>
    /// Answers GET and HEAD with the metadata of an issuer, to anyone: below the issuer at <c>/.well-known/openid-configuration</c> (OpenID
    /// Connect Discovery 1.0, section 4) and at <c>/.well-known/oauth-authorization-server</c>, which stands before the path of the issuer
    /// (RFC 8414, section 3.1). The public keys are published as well: below the issuer at <c>/.well-known/jwks.json</c>.
    /// </summary>
    /// <remarks>
    /// A stock bearer scheme with the issuer as its <c>Authority</c>, and with an <c>Audience</c>, then accepts the tokens of this issuer. Requests must
    /// reach the application with the path that the issuer has. There is no login page: the metadata names no endpoint for one.
    /// </remarks>
    /// <typeparam name="T">The class that issues the tokens.</typeparam>
    /// <param name="endpoints">The application; not a group, because the paths follow from the issuer.</param>
    /// <param name="issuer">
    /// The address of the auth service, to the letter as in <see cref="PayloadPolicy.AllowKey"/>. HTTPS, or HTTP on this machine or with
    /// <see cref="ApiJwtOptions.AllowHttpJwksUri"/>, without user name, query or fragment.
    /// </param>
    /// <returns>All three endpoints, for conventions such as <c>RequireHost</c> or <c>RequireCors</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="issuer"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">
    /// The issuer is not such an address, the policy of <typeparamref name="T"/> never writes it, or <paramref name="endpoints"/> is a group.
    /// </exception>
    public static IEndpointConventionBuilder MapDiscovery<T>(this IEndpointRouteBuilder endpoints, string issuer)
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(issuer);
        if (endpoints is RouteGroupBuilder)
            throw new ApiJwtException("MapDiscovery was called on a group of endpoints, whose prefix would change the paths that follow from the issuer. Call it on the application.");
        T jwt = endpoints.ServiceProvider.GetRequiredService<T>();
        bool allowsHttp = endpoints.ServiceProvider.GetService<SettingsOf<T>>()?.Create().AllowHttpJwksUri ?? false;
        string path = DiscoveryIssuer.PathOf(issuer, jwt, allowsHttp);

        // Both specifications take the last slash of the issuer away before they add to it.
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
    /// The members that RFC 8414, section 2, and OpenID Connect Discovery 1.0, section 3, require. One response type is required. There is no
    /// login page, and <c>id_token</c> is what other issuers without one name.
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
