namespace ApiJwts.AspNetCore;

/// <summary>Names that an application needs to configure what this package registers.</summary>
public static class ApiJwtDefaults
{
    /// <summary>The name of the <see cref="IHttpClientFactory"/> client that fetches <see cref="ApiJwtOptions.JwksUri"/> and <see cref="ApiJwtOptions.RevocationsUri"/>: <c>ApiJwt</c>.</summary>
    /// <remarks>
    /// Configure it with <c>services.AddHttpClient(ApiJwtDefaults.HttpClientName)</c>: a client certificate, a resilience handler, service
    /// discovery. Unless another primary handler is set, it follows no redirect, and asks no proxy for what comes without TLS.
    /// </remarks>
    public const string HttpClientName = "ApiJwt";
}
