using System.Net;

namespace ApiJwts;

/// <summary>Fetches the list of revoked tokens from <see cref="ApiJwtOptions.RevocationsUri"/> at an interval.</summary>
/// <remarks>It runs one fetch at a time in the background, and measures the interval with a monotonic clock. A failed fetch removes no entries.</remarks>
internal sealed class RevocationFollower
{
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);

    private readonly object _scheduling = new();
    private readonly Uri _address;
    private readonly KeyRing _keyRing;
    private readonly RevocationSource _source;
    private readonly Func<HttpClient> _createClient;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;
    private long? _lastBegin;
    private string? _etag;
    private DateTimeOffset _lastIssuedAt;
    private DateTimeOffset _lastExpiresAt;

    public RevocationFollower(Uri address, ApiJwtOptions options, KeyRing keyRing, RevocationList list)
    {
        _address = address;
        _keyRing = keyRing;
        _createClient = options.CreateHttpClient ?? DefaultHttpClient.For(address);
        _interval = options.RevocationsRefreshInterval;
        _time = options.TimeProvider;
        _source = list.AddSource(address.ToString(), (3 * _interval) + FetchTimeout);
    }

    private bool IsDue => _lastBegin is not { } begin || _time.GetElapsedTime(begin) >= _interval;

    /// <summary>Starts a fetch in the background if one is due. Every decode calls it, so it only reads the clock.</summary>
    public void FetchWhenDue()
    {
        if (!IsDue)
            return;
        lock (_scheduling)
        {
            if (IsDue)
                FetchAsync();
        }
    }

    /// <summary>
    /// Waits for the first list, or for a new list if no token was decoded during the last two intervals. After a failed fetch, it waits
    /// again when no token was decoded for a minute.
    /// </summary>
    public async Task CatchUpAsync(WaitLimit wait, CancellationToken cancel)
    {
        TimeSpan? pause = _lastBegin is { } begin ? _time.GetElapsedTime(begin) : null;
        bool isBehind = _source.LastLoaded is null || pause >= 2 * _interval;
        bool isWorthWaiting = _source.Fault is null || pause >= WaitLimit.NoWaitAfterFailure;
        FetchWhenDue();
        if (isBehind && isWorthWaiting)
            await _running.WaitAsync(wait.Left, TimeProvider.System, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Starts a fetch, or joins the one that is running. The task completes when the fetch ends, and never faults.</summary>
    public Task FetchAsync()
    {
        lock (_scheduling)
        {
            if (!_running.IsCompleted)
                return _running;
            _lastBegin = _time.GetTimestamp();
            return _running = BackgroundTask.Run(FetchOnceAsync);
        }
    }

    private async Task FetchOnceAsync()
    {
        try
        {
            // Used after the wait, so that the answer to a fetch that was given up changes nothing.
            Use(await TimeLimit.RunAsync(GetAsync, FetchTimeout).ConfigureAwait(false));
        }
        catch (Exception exception) when (FetchFault.Of(exception, FetchTimeout) is { } fault)
        {
            _source.Fail(fault);
        }
    }

    /// <summary>Fetches the list; <see langword="null"/> if it has not changed.</summary>
    private async Task<FetchedList?> GetAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        // After the expiry the whole list is requested, because an intermediate cache may answer "not modified" for an outdated list.
        if (_etag is not null && _time.GetUtcNow() < _lastExpiresAt)
            request.Headers.TryAddWithoutValidation("If-None-Match", _etag);
        using HttpResponseMessage response = await _createClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        FetchFault.RefuseFromElsewhere(response, _address);
        if (response.StatusCode == HttpStatusCode.NotModified && _time.GetUtcNow() < _lastExpiresAt)
            return null;
        byte[] text = await FetchFault.ReadAsync(response, RevocationDocument.MaxLength, cancel).ConfigureAwait(false);
        RevocationDocument? document = RevocationDocument.Read(text, _keyRing.Current, out string fault, out bool isOfUnknownKey);
        if (isOfUnknownKey && _keyRing.Fetcher is { } fetcher)
        {
            await fetcher.FetchAsync().WaitAsync(cancel).ConfigureAwait(false);
            document = RevocationDocument.Read(text, _keyRing.Current, out fault, out _);
        }

        return document is not null ? new FetchedList(document, response.Headers.ETag?.ToString()) : throw new InvalidDataException(fault);
    }

    private void Use(FetchedList? fetched)
    {
        if (fetched is null)
        {
            _source.Load([]);
            return;
        }

        RevocationDocument document = fetched.Document;
        DateTimeOffset now = _time.GetUtcNow();
        if (document.ExpiresAt <= now)
            throw new InvalidDataException("answered with a list that has expired, by this service's clock");
        // A list from the future would be accepted, and all later lists would be refused as older.
        if (document.IssuedAt - now > RevocationPublisher.Lifetime)
            throw new InvalidDataException("answered with a list from the future, by this service's clock");
        // Several instances of the auth service sign the list at different times, so a small step back is normal. After the clock of this
        // machine was set back, the last list is one from the future.
        if (_lastIssuedAt - document.IssuedAt > RevocationPublisher.SignedEvery && _lastIssuedAt - now <= RevocationPublisher.Lifetime)
            throw new InvalidDataException("answered with a list that is older than the one before");
        _lastIssuedAt = document.IssuedAt > _lastIssuedAt || _lastIssuedAt - now > RevocationPublisher.Lifetime ? document.IssuedAt : _lastIssuedAt;
        _lastExpiresAt = document.ExpiresAt;
        _etag = fetched.ETag;
        _source.Load(document.Entries);
    }

    private sealed record FetchedList(RevocationDocument Document, string? ETag);
}
