using System.Net;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>Stands in for the server of a key set. It gives the answers that a test sets, and counts the fetches.</summary>
public sealed class KeyServer : HttpMessageHandler
{
    public static readonly Uri Address = new("https://auth.example/jwks.json");

    private readonly HttpClient _client;
    private int _fetches;

    public KeyServer(params RsaKeyPair[] keys)
    {
        Publish(keys);
        _client = new HttpClient(this, disposeHandler: false);
    }

    public Func<CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = null!;

    /// <summary>Every answer waits for this task.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Fetches => Volatile.Read(ref _fetches);

    public static string SetOf(params RsaKeyPair[] keys)
    {
        var options = new ApiJwtOptions();
        foreach (RsaKeyPair key in keys)
            options.PublicKeys.Add(key.PublicKeyPem);
        return keys.Length == 0 ? """{"keys":[]}""" : new PlainJwt(options).Keys.ToJwks();
    }

    public void Publish(params RsaKeyPair[] keys) => Say(SetOf(keys));

    public void Say(string text, HttpStatusCode status = HttpStatusCode.OK) =>
        Answer = _ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(text) });

    public void Fail(HttpStatusCode status) => Say("", status);

    /// <summary>Does not answer until the request is cancelled.</summary>
    public void Hang() => Answer = async cancel =>
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return new HttpResponseMessage();
    };

    /// <summary>The settings of a service that gets its keys from this server only.</summary>
    public ApiJwtOptions Options(TimeProvider? time = null) =>
        new() { JwksUri = Address, CreateHttpClient = () => _client, TimeProvider = time ?? TimeProvider.System };

    /// <summary>A service that gets its keys from this server only, and has fetched them once.</summary>
    public async Task<PlainJwt> StartServiceAsync(TimeProvider? time = null, ILogger? logger = null)
    {
        var api = new PlainJwt(Options(time), logger: logger);
        await api.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        return api;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _fetches);
        await Gate.WaitAsync(cancellationToken);
        return await Answer(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _client.Dispose();
        base.Dispose(disposing);
    }
}
