using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Hudya.Tests.Support;

/// <summary>Stands in for the HTTP server of an auth service. It gives the answers that a test sets, and records the requests.</summary>
public sealed class AuthServer : HttpMessageHandler
{
    public static readonly Uri KeySet = new("https://auth.example/jwks.json");

    public static readonly Uri Revocations = new("https://auth.example/revocations");

    private readonly ConcurrentDictionary<Uri, Func<HttpRequestMessage, HttpResponseMessage>> _answers = new();
    private readonly ConcurrentQueue<string?> _requests = new();
    private readonly HttpClient _client;

    public AuthServer() => _client = new HttpClient(this, disposeHandler: false);

    /// <summary>The <c>If-None-Match</c> header of each request so far, or <see langword="null"/> for a request without it.</summary>
    public IReadOnlyList<string?> Requests => [.. _requests];

    /// <summary>Every answer waits for this task.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Makes the settings send their requests to this server.</summary>
    public ApiJwtOptions Connect(ApiJwtOptions options)
    {
        options.CreateHttpClient = () => _client;
        return options;
    }

    /// <summary>Answers with a text, or with 304 if the request has its <c>ETag</c>.</summary>
    public void Publish(Uri address, string text, string? etag = null) => _answers[address] = request =>
    {
        var tag = etag is null ? null : EntityTagHeaderValue.Parse(etag);
        var response = new HttpResponseMessage(tag is not null && request.Headers.IfNoneMatch.Contains(tag) ? HttpStatusCode.NotModified : HttpStatusCode.OK);
        if (response.StatusCode == HttpStatusCode.OK)
            response.Content = new StringContent(text);
        response.Headers.ETag = tag;
        return response;
    };

    /// <summary>Answers with a key set in which the id of each key is its thumbprint.</summary>
    public void PublishKeys(Uri address, params RsaKeyPair[] keys) => PublishKeys(address, [.. keys.Select(key => (key, key.KeyId))]);

    /// <summary>Answers with a key set in which each key has the given id.</summary>
    public void PublishKeys(Uri address, params (RsaKeyPair Pair, string KeyId)[] keys) =>
        Publish(address, $"{{\"keys\":[{string.Join(',', keys.Select(key => JwkOf(key.Pair, key.KeyId)))}]}}");

    public void Answer(Uri address, HttpStatusCode status) => Answer(address, () => new HttpResponseMessage(status));

    public void Answer(Uri address, Func<HttpResponseMessage> answer) => _answers[address] = _ => answer();

    public void Refuse(Uri address) => Answer(address, () => throw new HttpRequestException("the connection was refused"));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Enqueue(request.Headers.IfNoneMatch.SingleOrDefault()?.ToString());
        await Gate.WaitAsync(cancellationToken);
        return _answers[request.RequestUri!](request);
    }

    protected override void Dispose(bool disposing)
    {
        _client.Dispose();
        base.Dispose(disposing);
    }

    private static string JwkOf(RsaKeyPair pair, string keyId)
    {
        using RSA rsa = TestKeys.RsaOf(pair.PublicKeyPem);
        return $$"""{"kty":"RSA","kid":"{{keyId}}","n":"{{Forge.Encode(rsa.ExportParameters(includePrivateParameters: false).Modulus!)}}","e":"AQAB"}""";
    }
}
