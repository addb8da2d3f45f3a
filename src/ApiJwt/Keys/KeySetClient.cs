using System.Diagnostics.CodeAnalysis;

namespace ApiJwts;

/// <summary>The HTTP client for key sets of a service that supplies none.</summary>
internal static class KeySetClient
{
    /// <summary>
    /// Follows no redirect, which could lead from https to http or to another server, and asks no proxy for what comes without TLS,
    /// which could answer anything.
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
