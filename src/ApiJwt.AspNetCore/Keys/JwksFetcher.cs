using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.Protocols;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>
/// Fetches a key set at start and every now and then, and at once when a token names a key that is not in it; but however many
/// tokens do, no more often than every few seconds in vain.
/// </summary>
internal sealed class JwksFetcher : IConfigurationRetriever<JwksDocument>, IDisposable
{
    private const int LongestDocument = 1024 * 1024;

    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenFirstAttempts = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenRequestedFetches = TimeSpan.FromSeconds(5);

    // A little more than the manager's own least interval, within which it swallows a request.
    private static readonly TimeSpan BetweenManagerRequests = ConfigurationManager<JwksDocument>.MinimumRefreshInterval + TimeSpan.FromMilliseconds(50);

    private readonly object _asking = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client;
    private readonly ConfigurationManager<JwksDocument> _manager;
    private readonly TimeProvider _time;
    private readonly Func<JwksDocument, bool> _use;
    private readonly Action<Exception> _complain;
    private TaskCompletionSource _nextFetch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private Task _requested = Task.CompletedTask;
    private Task _managerRequest = Task.CompletedTask;
    private long? _lastRequest;
    private volatile bool _hasDocument;
    private volatile bool _isBehind;

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    public JwksFetcher(Uri address, TimeProvider time, Func<JwksDocument, bool> use, Action<Exception> complain)
    {
        _time = time;
        _use = use;
        _complain = complain;
        _client = new HttpClient(Handler(address), disposeHandler: true)
        {
            Timeout = LongestFetch,
            MaxResponseContentBufferSize = LongestDocument,
        };
        _manager = new ConfigurationManager<JwksDocument>(
            address.AbsoluteUri, this, new HttpDocumentRetriever(_client) { RequireHttps = address.Scheme == Uri.UriSchemeHttps })
        {
            // When to fetch is decided here: the manager adds up to a minute by chance, has a clock of its own, and a request that it
            // swallows cannot be waited for.
            RefreshInterval = ConfigurationManager<JwksDocument>.MinimumRefreshInterval,
        };
    }

    // A redirect could lead from https to http, or to somebody else; and a proxy that is asked over http can answer what it likes.
    private static SocketsHttpHandler Handler(Uri address) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = address.Scheme == Uri.UriSchemeHttps,
        PooledConnectionLifetime = BetweenFetches,
    };

    public void Start() => _running = RunAsync(_stopping.Token);

    public async Task StopAsync(CancellationToken cancel)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        // The manager has a cancellation of its own, and would let a fetch that hangs hold up the application's end.
        _client.CancelPendingRequests();
        await _running.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends when a fetch has, which all who ask meanwhile share; at once when the last one was a moment ago.</summary>
    public Task RefreshAsync()
    {
        lock (_asking)
        {
            if (!_requested.IsCompleted || (_lastRequest is { } last && _time.GetElapsedTime(last) < BetweenRequestedFetches))
                return _requested;
            _lastRequest = _time.GetTimestamp();
            return _requested = FetchNowAsync();
        }
    }

    /// <summary>The manager calls this for every fetch, whoever asked for it.</summary>
    async Task<JwksDocument> IConfigurationRetriever<JwksDocument>.GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
    {
        try
        {
            JwksDocument document = JwksDocument.Parse(await retriever.GetDocumentAsync(address, cancel).ConfigureAwait(false));
            if (_use(document))
                Forget();
            _hasDocument = true;
            _isBehind = document.PublicKeys.Count == 0;
            return document;
        }
        catch (Exception fault)
        {
            _isBehind = true;
            _complain(fault);
            throw;
        }
        finally
        {
            Interlocked.Exchange(ref _nextFetch, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _client.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await (_hasDocument ? RefreshAsync() : TryGetAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Task pause = _hasDocument
                ? Task.Delay(_isBehind ? BetweenAttempts : BetweenFetches, _time, stopping)
                : Task.Delay(BetweenFirstAttempts, stopping);
            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FetchNowAsync()
    {
        if (!_hasDocument)
        {
            await TryGetAsync().WaitAsync(LongestFetch, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await _managerRequest.ConfigureAwait(false);
        _managerRequest = Task.Delay(BetweenManagerRequests, CancellationToken.None);
        Task fetched = _nextFetch.Task;
        _manager.RequestRefresh();
        await fetched.WaitAsync(LongestFetch, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Only a fetch that was in vain counts: strangers cannot make the auth service have new keys.</summary>
    private void Forget()
    {
        lock (_asking)
            _lastRequest = null;
    }

    private async Task TryGetAsync()
    {
        try
        {
            await _manager.GetConfigurationAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is InvalidOperationException or OperationCanceledException)
        {
            // Without a document the manager throws what was logged when the fetch failed.
        }
    }
}
