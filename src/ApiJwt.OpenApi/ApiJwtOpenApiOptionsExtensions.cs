using Microsoft.AspNetCore.OpenApi;

namespace ApiJwts.OpenApi;

/// <summary>Adds what ApiJwt.AspNetCore guards to an OpenAPI document.</summary>
public static class ApiJwtOpenApiOptionsExtensions
{
    /// <summary>Adds the bearer schemes to the document, and to each guarded endpoint its requirement and its answers 401 and 403.</summary>
    /// <remarks>
    /// <para>
    /// An endpoint is guarded if its authorization policy accepts a scheme that <c>AddAuthentication().AddApiJwt&lt;T&gt;()</c> added. The policy is
    /// combined from the metadata of the endpoint, as the authorization middleware does it, with the default and the fallback policy.
    /// Endpoints that are open to all, and those of other schemes, stay as they are. So does what the document already says of a scheme,
    /// a requirement or an answer.
    /// </para>
    /// <para>
    /// OpenAPI 3.1 lists the scopes in the requirement. OpenAPI 3.0 allows no list for a bearer scheme, so that there only the description of
    /// the answer 403 names the scopes. The answers have the body of RFC 9457 in an application that calls <c>AddProblemDetails</c>.
    /// </para>
    /// </remarks>
    /// <param name="options">The options of one document.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    public static OpenApiOptions AddApiJwt(this OpenApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AddOperationTransformer(new GuardedOperations(options)).AddDocumentTransformer(new BearerSchemes());
    }
}
