using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.AspNetCore.Gateways;

/// <summary>The servers behind a gateway: an API that answers with the headers it received, and an auth service that publishes its keys over TLS.</summary>
public sealed class Backend : IAsyncLifetime
{
    private readonly PlainJwt _authService = new(TestKeys.Verifying);

    private WebApplication? _app;

    private int _fetches;

    /// <summary>How often the key set was requested.</summary>
    public int Fetches => _fetches;

    /// <summary>The certificate of the auth service, as PEM.</summary>
    public string Certificate { get; private set; } = "";

    public Uri Api => AddressOf("http");

    public Uri AuthService => AddressOf("https");

    public async ValueTask InitializeAsync()
    {
        using X509Certificate2 certificate = Loopback.Certificate();
        Certificate = certificate.ExportCertificatePem();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_authService);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
        {
            // By default, Kestrel refuses headers that are not UTF-8.
            server.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            server.Listen(IPAddress.Loopback, 0);
            server.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)));
        });
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/.well-known", StringComparison.Ordinal))
                Interlocked.Increment(ref _fetches);
            return next();
        });
        _app.MapJwks<PlainJwt>();
        _app.MapFallback((HttpRequest request) => request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
        await _app.StartAsync(GuardedApp.Cancel);
    }

    public void Publish(params RsaKeyPair[] keys) => _authService.Keys.Override(publicKeys: keys.Select(key => key.PublicKeyPem));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private Uri AddressOf(string scheme) => _app!.Urls.Select(url => new Uri(url)).Single(url => url.Scheme == scheme);
}
