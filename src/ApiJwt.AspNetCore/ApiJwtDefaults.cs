namespace ApiJwts.AspNetCore;

/// <summary>Names for applications that configure the services of this package.</summary>
public static class ApiJwtDefaults
{
    /// <summary>The name of the <see cref="IHttpClientFactory"/> client that fetches <see cref="ApiJwtOptions.JwksUri"/> and <see cref="ApiJwtOptions.RevocationsUri"/>: <c>ApiJwt</c>.</summary>
    /// <remarks>
    /// Configure the client with <c>services.AddHttpClient(ApiJwtDefaults.HttpClientName)</c>, for example to add a client certificate, a
    /// resilience handler or service discovery. The default primary handler follows no redirects and uses no proxy for requests without TLS.
    /// </remarks>
    public const string HttpClientName = "ApiJwt";
}
