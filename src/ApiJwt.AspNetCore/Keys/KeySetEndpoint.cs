using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>Serves the public keys of a class as a JSON Web Key Set (RFC 7517).</summary>
internal static class KeySetEndpoint
{
    // Long enough to save the auth service requests, short enough for a removed key to disappear soon.
    public const string CacheControl = "public, max-age=300";

    public static Task WriteAsync(HttpContext context, ApiJwt jwt) =>
        new PublishedDocument(jwt.Keys.ToJwks(), "application/jwk-set+json", CacheControl).WriteAsync(context);
}
