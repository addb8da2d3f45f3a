using System.Diagnostics.CodeAnalysis;
using ApiJwts.AspNetCore.Revoking;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApiJwts.AspNetCore;

/// <summary>Publishes the list of withdrawn tokens, and lets clients withdraw theirs.</summary>
public static class ApiJwtRevocationEndpointRouteBuilderExtensions
{
    // A second spares the auth service when many ask through one cache, and is soon over.
    private const string CacheControl = "public, max-age=1";

    /// <summary>
    /// Answers GET and HEAD with the list of withdrawn tokens as a signed document (<see cref="RevocationList.ToDocumentAsync"/>), to anyone, for
    /// <see cref="ApiJwtOptions.RevocationsUri"/> of other services.
    /// </summary>
    /// <remarks>It has ids of tokens, which give no access, and subjects as their hashes.</remarks>
    /// <typeparam name="T">The class whose list is published.</typeparam>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="pattern">The path; <c>/.well-known/revocations</c> by default.</param>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has no private key to sign the list with.</exception>
    public static IEndpointConventionBuilder MapRevocations<T>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/.well-known/revocations")
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        T jwt = endpoints.ServiceProvider.GetRequiredService<T>();
        if (jwt.Keys.SigningKeyId is null)
            throw new InvalidOperationException($"{typeof(T).Name} has no private key to sign the list of withdrawn tokens with. Publish it in the service that issues tokens.");
        PublishedDocument? last = null;
        return endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], WriteAsync)
            .WithDisplayName($"Withdrawn tokens of {typeof(T).Name}")
            .WithMetadata(new AllowAnonymousAttribute());

        async Task WriteAsync(HttpContext context)
        {
            string text = await jwt.Revocations.ToDocumentAsync(context.RequestAborted).ConfigureAwait(false);
            // The list gives the same text until it signs anew, and a long one is not hashed for each request.
            if (last is not { } document || !ReferenceEquals(document.Text, text))
                last = document = new PublishedDocument(text, "application/jwt", CacheControl);
            await document.WriteAsync(context).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Lets a client withdraw a token (RFC 7009): POST, with the token in the form field <c>token</c>, or without a body for the bearer token
    /// of the request.
    /// </summary>
    /// <remarks>
    /// By default the bearer token of the request is the one credential, and the one token that can be withdrawn. Where a guard is named,
    /// such as by <c>RequireAuthorization</c> or <c>RequireKey</c> on the endpoint or its group, whoever it lets in may withdraw any token
    /// whose text they have. A token that is unknown, expired or withdrawn already is answered with 200. One without an id (<c>jti</c>) cannot
    /// be withdrawn, and is answered with the error <c>unsupported_token_type</c>.
    /// </remarks>
    /// <typeparam name="T">The class whose tokens are withdrawn.</typeparam>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="pattern">The path; <c>/revoke</c> by default.</param>
    public static IEndpointConventionBuilder MapRevocation<T>(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/revoke")
        where T : ApiJwt
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        T jwt = endpoints.ServiceProvider.GetRequiredService<T>();
        IEndpointConventionBuilder builder = endpoints.MapMethods(pattern, [HttpMethods.Post], context => RevocationEndpoint.AnswerAsync(context, jwt))
            .WithDisplayName($"Withdrawal of a token of {typeof(T).Name}");
        // At last, when all guards are known. A fallback policy of the application is none that was named for this.
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
