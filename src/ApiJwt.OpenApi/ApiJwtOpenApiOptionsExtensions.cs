using Microsoft.AspNetCore.OpenApi;

namespace ApiJwts.OpenApi;

/// <summary>Describes the endpoints that ApiJwt.AspNetCore guards in an OpenAPI document.</summary>
public static class ApiJwtOpenApiOptionsExtensions
{
    /// <summary>Adds the bearer schemes to the document, and the security requirement and the responses 401 and 403 to each guarded endpoint.</summary>
    /// <remarks>
    /// <para>
    /// An endpoint is guarded if its authorization policy accepts a scheme that <c>AddAuthentication().AddApiJwt&lt;T&gt;()</c> added. The policy is
    /// combined from the metadata of the endpoint, the default policy and the fallback policy, as in the authorization middleware. Endpoints
    /// that allow anonymous callers, or use other schemes, are not changed. Schemes, requirements and responses that the document already has
    /// are kept.
    /// </para>
    /// <para>
    /// In OpenAPI 3.1, the requirement lists the scopes. OpenAPI 3.0 does not allow scopes for a bearer scheme, so only the description of the
    /// response 403 names them. The responses are described with a problem details body (RFC 9457), which an application sends if it calls
    /// <c>AddProblemDetails</c>.
    /// </para>
    /// </remarks>
    /// <param name="options">The options of one document.</param>
    /// <returns>The same options, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    public static OpenApiOptions AddApiJwt(this OpenApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AddOperationTransformer(new GuardedOperations(options)).AddDocumentTransformer(new BearerSchemes());
    }
}
