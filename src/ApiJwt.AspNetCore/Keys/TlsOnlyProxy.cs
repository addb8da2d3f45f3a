using System.Net;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>The proxy of the system, for https alone: a proxy that is asked over http can answer with any keys it likes.</summary>
internal sealed class TlsOnlyProxy : IWebProxy
{
    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || HttpClient.DefaultProxy.IsBypassed(host);
}
