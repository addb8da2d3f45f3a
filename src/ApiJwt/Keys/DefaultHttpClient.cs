using System.Diagnostics.CodeAnalysis;

namespace ApiJwts;

/// <summary>The default HTTP client for fetching key sets and lists of revoked tokens.</summary>
internal static class DefaultHttpClient
{
    /// <summary>
    /// Creates the client. It does not follow redirects, which could lead from https to http or to another server. It uses a proxy only
    /// with TLS, because a proxy can change a plain HTTP response.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client lives as long as the ApiJwt, and owns its handler.")]
    public static Func<HttpClient> For(Uri address)
    {
        var client = new Lazy<HttpClient>(() => new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = address.Scheme == Uri.UriSchemeHttps,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        }));
        return () => client.Value;
    }
}
