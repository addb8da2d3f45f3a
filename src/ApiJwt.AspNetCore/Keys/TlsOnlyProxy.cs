using System.Net;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>Uses the system proxy only for https, because a proxy can replace the keys in a response over http.</summary>
internal sealed class TlsOnlyProxy : IWebProxy
{
    private ICredentials? _credentials;

    public ICredentials? Credentials
    {
        get => _credentials ?? HttpClient.DefaultProxy.Credentials;
        set => _credentials = value;
    }

    public Uri? GetProxy(Uri destination) => HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || HttpClient.DefaultProxy.IsBypassed(host);
}
