using System.Net;

namespace ApiJwts;

/// <summary>Follows the list of withdrawn tokens that an auth service publishes at <see cref="ApiJwtOptions.RevocationsUri"/>.</summary>
/// <remarks>One fetch at a time, in the background, counted on a monotonic clock. What was loaded stays, whatever comes after.</remarks>
internal sealed class RevocationFollower
{
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // Waiting is always done in real time: a test's clock that stands still must not hold a caller for ever.
    private static readonly TimeProvider RealTime = TimeProvider.System;

    private readonly object _scheduling = new();
    private readonly Uri _address;
    private readonly KeyRing _keys;
    private readonly RevocationSource _source;
    private readonly Func<HttpClient> _createClient;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;
    private long? _lastBegin;
    private string? _etag;
    private DateTimeOffset _lastIssuedAt;
    private DateTimeOffset _lastExpiresAt;

    public RevocationFollower(Uri address, ApiJwtOptions options, KeyRing keys, RevocationList list)
    {
        _address = address;
        _keys = keys;
        _createClient = options.CreateHttpClient ?? KeySetClient.For(address);
        _interval = options.RevocationsRefreshInterval;
        _time = options.TimeProvider;
        _source = list.AddSource(address.ToString(), (3 * _interval) + LongestFetch);
    }

    private bool IsDue => _lastBegin is not { } begin || _time.GetElapsedTime(begin) >= _interval;

    /// <summary>Begins a fetch in the background when one is due. Called at every decode, and costs one look at a clock.</summary>
    public void FetchWhenDue()
    {
        if (IsDue)
            _ = FetchAsync();
    }

    /// <summary>Waits, bounded, for the first list, and for a new one when none was asked for in two intervals because no token came.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        bool isBehind = _source.LastLoaded is null || (_source.Fault is null && _lastBegin is { } begin && _time.GetElapsedTime(begin) >= 2 * _interval);
        FetchWhenDue();
        if (isBehind && _source.Fault is null)
            await _running.WaitAsync(LongestWait, RealTime, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Ends when the fetch that is under way, or begins now, has ended. Never fails.</summary>
    public Task FetchAsync()
    {
        lock (_scheduling)
        {
            if (!_running.IsCompleted)
                return _running;
            _lastBegin = _time.GetTimestamp();
            // The fetch belongs to no request: not to its trace, and not to its HttpContext.
            using (ExecutionContext.SuppressFlow())
                return _running = Task.Run(FetchOnceAsync);
        }
    }

    private async Task FetchOnceAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(LongestFetch, RealTime);
            // A client of the user's may block or not heed the cancellation, and must not keep every later fetch from happening.
            await Task.Run(() => GetAsync(timeout.Token)).WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (FetchFault.Of(exception, LongestFetch) is { } fault)
        {
            _source.Fail(fault);
        }
    }

    private async Task GetAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        // A cache between the two may answer "not modified" long after the list has changed.
        if (_etag is not null && _time.GetUtcNow() < _lastExpiresAt)
            request.Headers.TryAddWithoutValidation("If-None-Match", _etag);
        using HttpResponseMessage response = await _createClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        FetchFault.RefuseFromElsewhere(response, _address);
        if (response.StatusCode == HttpStatusCode.NotModified && _time.GetUtcNow() < _lastExpiresAt)
        {
            _source.Load([]);
            return;
        }

        byte[] text = await FetchFault.ReadAsync(response, RevocationDocument.MaxLength, cancel).ConfigureAwait(false);
        RevocationDocument? document = RevocationDocument.Read(text, _keys.Current, out string? fault);
        // The list may be signed with a key that was published a moment ago.
        if (document is null && _keys.Fetcher is { } fetcher)
        {
            await fetcher.FetchAsync().WaitAsync(cancel).ConfigureAwait(false);
            document = RevocationDocument.Read(text, _keys.Current, out fault);
        }

        if (document is null)
            throw new InvalidDataException(fault);
        DateTimeOffset now = _time.GetUtcNow();
        if (document.ExpiresAt <= now)
            throw new InvalidDataException("answered with a list that has expired, by this service's clock");
        // Every later list would be an older one.
        if (document.IssuedAt - now > RevocationPublisher.Lifetime)
            throw new InvalidDataException("answered with a list from the future, by this service's clock");
        // Where several instances sign the list, each does so at its own time.
        if (_lastIssuedAt - document.IssuedAt > RevocationPublisher.SignedEvery)
            throw new InvalidDataException("answered with an older list than before");
        _lastIssuedAt = document.IssuedAt > _lastIssuedAt ? document.IssuedAt : _lastIssuedAt;
        _lastExpiresAt = document.ExpiresAt;
        _etag = response.Headers.ETag?.ToString();
        _source.Load(document.Entries);
    }
}
