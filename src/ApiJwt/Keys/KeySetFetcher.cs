using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>
/// Fetches a key set when one is needed: the first time, when it is older than ten minutes, and when a token names an unknown key.
/// One fetch at a time, at most one a second, and the last good set stays in use while fetching fails.
/// </summary>
/// <remarks>Intervals are counted on a monotonic clock: setting the wall clock back must not stop the fetching.</remarks>
internal sealed class KeySetFetcher(Uri address, KeyRing keys, TimeProvider time, Func<HttpClient> createClient, ILogger logger)
{
    private const int LongestDocument = 256 * 1024;

    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OutdatedAfter = 2 * FreshFor;
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NoWaitAfterFailure = TimeSpan.FromMinutes(1);

    // Waiting is always done in real time: a test's clock that stands still must not hold a caller for ever.
    private static readonly TimeProvider RealTime = TimeProvider.System;

    private readonly object _scheduling = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private volatile State _state = new();

    public KeyFetchStatus Status
    {
        get
        {
            State state = _state;
            return new KeyFetchStatus(address)
            {
                LastFetched = state.LastFetched,
                Fault = state.Fault,
                HasHadKeys = state.HasHadKeys,
                IsOutdated = IsOutdated,
            };
        }
    }

    public bool HasHadKeys => _state.HasHadKeys;

    /// <summary>How long ago the key set was last fetched; <see langword="null"/> before the first time.</summary>
    public TimeSpan? Age => _state.Fetched is { } fetched ? time.GetElapsedTime(fetched) : null;

    private bool IsDue => SinceFailure is { } pause ? pause > RetryPause : IsOlderThan(FreshFor);

    private bool IsOutdated => _state.LastFetched is not null && IsOlderThan(OutdatedAfter);

    /// <summary>Whether a caller may wait for a fetch. Not soon after one that failed: the next is likely to fail as well.</summary>
    private bool IsWorthWaiting => SinceFailure is not { } pause || pause > NoWaitAfterFailure;

    private TimeSpan? SinceFailure => _state is { Fault: not null } state ? RealTime.GetElapsedTime(state.LastEnd) : null;

    /// <summary>Begins a fetch in the background when one is due. Called at every decode, and costs one look at a clock.</summary>
    public void FetchWhenDue()
    {
        if (!IsDue)
            return;
        lock (_scheduling)
        {
            if (_running.IsCompleted && IsDue)
                FetchAsync();
        }
    }

    /// <summary>Does the same, and waits for the fetch when no token came for so long that a key may have been withdrawn meanwhile.</summary>
    public Task CatchUpAsync(CancellationToken cancel)
    {
        FetchWhenDue();
        return IsOutdated && IsWorthWaiting ? WaitUntilAsync(static () => true, cancel) : Task.CompletedTask;
    }

    /// <summary>
    /// Waits for a key set that has what is looked for: the one that is being fetched, and then the next, because the first may be
    /// older than the key. Waits five seconds at most, and not at all soon after a fetch that failed.
    /// </summary>
    public async Task WaitUntilAsync(Func<bool> isFound, CancellationToken cancel)
    {
        Task fetch;
        bool isUnderWay;
        lock (_scheduling)
        {
            isUnderWay = !_running.IsCompleted;
            fetch = isUnderWay ? _running : FetchAsync();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LongestWait);
        if (!await FindsAsync(fetch, isFound, limit.Token).ConfigureAwait(false) && isUnderWay)
            await FindsAsync(FetchAsync(), isFound, limit.Token).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Ends when a fetch has that begins after this call, which all who call meanwhile share. Never fails.</summary>
    public Task FetchAsync()
    {
        lock (_scheduling)
        {
            if (_next is not null)
                return _next;
            // The fetch belongs to no request: not to its trace, and not to its HttpContext.
            using (ExecutionContext.SuppressFlow())
                return _next = Task.Run(FetchNextAsync);
        }
    }

    private bool IsOlderThan(TimeSpan age) => _state.Fetched is not { } fetched || time.GetElapsedTime(fetched) > age;

    private async ValueTask<bool> FindsAsync(Task fetch, Func<bool> isFound, CancellationToken limit)
    {
        if (!IsWorthWaiting)
            return false;
        await fetch.WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isFound();
    }

    private async Task FetchNextAsync()
    {
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        TimeSpan pause = CoolDown - RealTime.GetElapsedTime(_state.LastEnd);
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, RealTime).ConfigureAwait(false);
        lock (_scheduling)
        {
            _running = _next!;
            _next = null;
        }

        await FetchOnceAsync().ConfigureAwait(false);
    }

    private async Task FetchOnceAsync()
    {
        State old = _state;
        State state;
        string consequence = "The keys fetched before stay in use.";
        try
        {
            using var timeout = new CancellationTokenSource(LongestFetch, RealTime);
            // A client of the user's may block or not heed the cancellation, and must not keep every later fetch from happening.
            KeySetDocument document = await Task.Run(() => GetAsync(timeout.Token)).WaitAsync(timeout.Token).ConfigureAwait(false);
            bool isEmpty = document.Keys.Count == 0;
            if (document.Keys.Count > KeySetDocument.MostKeys)
                throw new InvalidDataException($"answered with {document.Keys.Count} keys for RS256, and at most {KeySetDocument.MostKeys} are taken");
            bool isChanged = keys.Use(this, document.Keys);
            state = new State
            {
                Fetched = time.GetTimestamp(),
                LastFetched = time.GetUtcNow(),
                HasHadKeys = old.HasHadKeys || !isEmpty,
                Fault = isEmpty ? $"answered with {document.Summary}" : null,
            };
            consequence = "The keys fetched before are not used any more.";
            if (!isEmpty && (isChanged || old.Fault is not null))
                Log.KeySetFetched(logger, address, document.Summary);
        }
        catch (Exception exception) when (FetchFault.Of(exception, LongestFetch) is { } fault)
        {
            state = old with { Fault = fault };
        }

        _state = state with { LastEnd = RealTime.GetTimestamp() };
        // One line for each change of state: a server that stays down says nothing new.
        if (state.Fault is not null && state.Fault != old.Fault)
            Log.KeySetNotFetched(logger, address, state.Fault, state.HasHadKeys ? consequence : "No key was fetched yet.");
    }

    private async Task<KeySetDocument> GetAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/jwk-set+json, application/json");
        using HttpResponseMessage response = await createClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        FetchFault.RefuseFromElsewhere(response, address);
        return KeySetDocument.Parse(await FetchFault.ReadAsync(response, LongestDocument, cancel).ConfigureAwait(false));
    }

    private sealed record State
    {
        /// <summary>When the key set was fetched, as a timestamp of the service's clock.</summary>
        public long? Fetched { get; init; }

        /// <summary>The same by the wall clock, for people.</summary>
        public DateTimeOffset? LastFetched { get; init; }

        /// <summary>When the last fetch ended, as a timestamp in real time.</summary>
        public long LastEnd { get; init; }

        /// <summary>Why the last fetch brought no key; <see langword="null"/> if it brought one.</summary>
        public string? Fault { get; init; }

        public bool HasHadKeys { get; init; }
    }
}
