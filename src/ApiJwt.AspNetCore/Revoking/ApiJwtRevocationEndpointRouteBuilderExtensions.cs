using System.Diagnostics.CodeAnalysis;
using ApiJwts.AspNetCore.Revoking;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Publishes the list of revoked tokens, and lets clients revoke their tokens.</summary>
public static class ApiJwtRevocationEndpointRouteBuilderExtensions
{
    // One second is enough for a cache to answer many APIs with one request.
    private const string CacheControl = "public, max-age=1";

    /// <summary>
    /// Serves the list of revoked tokens as a signed document (<see cref="RevocationList.ToDocumentAsync"/>) to GET and HEAD requests, without
    /// authentication. Other services fetch it with <see cref="ApiJwtOptions.RevocationsUri"/>.
    /// </summary>
    /// <remarks>
    /// The document contains ids of tokens, which give no access, and hashes of subjects. The answer is 503 until every source in
    /// <see cref="RevocationList.Sources"/> has been loaded, so the service must not follow its own document.
    /// </remarks>
    /// <typeparam name="T">The class whose list is published.</typeparam>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="pattern">The path; <c>/.well-known/revocations</c> by default.</param>
    /// <returns>A builder that adds conventions to the endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has no private key to sign the list with.</exception>
    public static IEndpointConventionBuilder MapRevocations<T>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/.well-known/revocations")
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        T jwt = endpoints.ServiceProvider.GetRequiredService<T>();
        if (jwt.Keys.SigningKeyId is null)
            throw new InvalidOperationException($"{typeof(T).Name} has no private key to sign the list of revoked tokens with. Publish it in the service that issues tokens.");
        PublishedDocument? last = null;
        return endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], WriteAsync)
            .WithDisplayName($"Revoked tokens of {typeof(T).Name}")
            .WithMetadata(new AllowAnonymousAttribute());

        async Task WriteAsync(HttpContext context)
        {
            // An incomplete list would let a service that starts now accept tokens that were revoked.
            if (jwt.Revocations.Sources.Any(source => source.LastLoaded is null))
            {
                ServiceUnavailable.Answer(context.Response);
                return;
            }

            string text = await jwt.Revocations.ToDocumentAsync(context.RequestAborted).ConfigureAwait(false);
            // The text stays the same object until it is signed again. Hashing a long text for each request would be expensive.
            if (last is not { } document || !ReferenceEquals(document.Text, text))
                last = document = new PublishedDocument(text, "application/jwt", CacheControl);
            await document.WriteAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Lets a client revoke a token (RFC 7009): POST, with the token in the form field <c>token</c>, or without a body for the bearer token
    /// of the request.
    /// </summary>
    /// <remarks>
    /// By default, the request must have a bearer token, and only this token can be revoked. If the endpoint or its group has a guard, such
    /// as <c>RequireAuthorization</c> or <c>RequireKey</c>, a caller that passes the guard can revoke any token that it can send. The
    /// answer for a token that is unknown, expired or already revoked is 200. A token without an id (<c>jti</c>) cannot be revoked: the
    /// answer is the error <c>unsupported_token_type</c>.
    /// </remarks>
    /// <typeparam name="T">The class whose tokens are revoked.</typeparam>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="pattern">The path; <c>/revoke</c> by default.</param>
    /// <returns>A builder that adds conventions to the endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is <see langword="null"/>.</exception>
    public static IEndpointConventionBuilder MapRevocation<T>(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/revoke")
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        T jwt = endpoints.ServiceProvider.GetRequiredService<T>();
        IEndpointConventionBuilder builder = endpoints.MapMethods(pattern, [HttpMethods.Post], context => RevocationEndpoint.AnswerAsync(context, jwt))
            .WithDisplayName($"Revocation of a token of {typeof(T).Name}");
        // This runs last, when all guards are known. The fallback policy of the application does not count as a guard of this endpoint.
        builder.Finally(endpoint =>
        {
            if (RevocationEndpoint.IsGuarded(endpoint.Metadata))
                return;
            endpoint.Metadata.Add(OwnTokenOnly.Instance);
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
        });
        return builder;
    }
}
