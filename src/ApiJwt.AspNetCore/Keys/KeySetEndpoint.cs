using Microsoft.AspNetCore.Http;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>Answers with the public keys of a class as a JSON Web Key Set (RFC 7517).</summary>
internal static class KeySetEndpoint
{
    // Long enough to spare the auth service, short enough for a key that is taken out of use.
    public const string CacheControl = "public, max-age=300";

    public static Task WriteAsync(HttpContext context, ApiJwt jwt) =>
        new PublishedDocument(jwt.Keys.ToJwks(), "application/jwk-set+json", CacheControl).WriteAsync(context);
}
