using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>
/// Fetches a key set on first use, when it is older than ten minutes, and when a token names an unknown key. It runs one fetch at a time
/// and at most one a second. The last key set stays in use while fetches fail.
/// </summary>
/// <remarks>Intervals are measured with a monotonic clock, so that setting the system clock back does not stop the fetches.</remarks>
internal sealed class KeySetFetcher(Uri address, KeyRing keyRing, TimeProvider time, Func<HttpClient> createClient, ILogger logger)
{
    private const int MaxDocumentLength = 256 * 1024;

    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OutdatedAfter = 2 * FreshFor;
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);

    // Waits use the system clock: with a fake clock that stands still, a caller would wait forever.
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

    /// <summary>The time since the last successful fetch; <see langword="null"/> before the first one.</summary>
    public TimeSpan? Age => _state.Fetched is { } fetched ? time.GetElapsedTime(fetched) : null;

    private bool IsDue => SinceFailure is { } pause ? pause > RetryPause : IsOlderThan(FreshFor);

    private bool IsOutdated => _state.LastFetched is not null && IsOlderThan(OutdatedAfter);

    /// <summary>Whether callers wait for a fetch.</summary>
    private bool IsWorthWaiting => SinceFailure is not { } pause || pause > WaitLimit.NoWaitAfterFailure;

    private TimeSpan? SinceFailure => _state is { Fault: not null } state ? RealTime.GetElapsedTime(state.LastEnd) : null;

    /// <summary>Starts a fetch in the background if one is due. Every decode calls it, so it only reads the clock.</summary>
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

    /// <summary>Starts a fetch if one is due, and waits for it if the key set is outdated. A key may have been removed while no tokens were decoded.</summary>
    public Task CatchUpAsync(WaitLimit wait, CancellationToken cancel)
    {
        FetchWhenDue();
        return IsOutdated && IsWorthWaiting ? WaitUntilAsync(static () => true, keyRing.Current, wait, cancel) : Task.CompletedTask;
    }

    /// <summary>Waits until a fetched key set satisfies <paramref name="isFound"/>. It does not wait for a minute after a failed fetch.</summary>
    /// <param name="isFound">Whether the current keys suffice.</param>
    /// <param name="tried">The keys that did not suffice.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task WaitUntilAsync(Func<bool> isFound, EffectiveKeys tried, WaitLimit wait, CancellationToken cancel)
    {
        Task fetch;
        bool mayBeTooOld;
        lock (_scheduling)
        {
            // A fetch that is running, or that has brought other keys meanwhile, may have been answered before the new key was published.
            mayBeTooOld = !_running.IsCompleted || keyRing.Current != tried;
            fetch = mayBeTooOld ? _running : FetchAsync();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(wait.Left);
        if (!await FindsAsync(fetch, isFound, limit.Token).ConfigureAwait(false) && mayBeTooOld)
            await FindsAsync(FetchAsync(), isFound, limit.Token).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Schedules a fetch that starts after this call. Concurrent callers share it. The task completes when the fetch ends, and never faults.</summary>
    public Task FetchAsync()
    {
        lock (_scheduling)
            return _next ??= BackgroundTask.Run(FetchNextAsync);
    }

    private bool IsOlderThan(TimeSpan age) => _state.Fetched is not { } fetched || time.GetElapsedTime(fetched) > age;

    private async ValueTask<bool> FindsAsync(Task fetch, Func<bool> isFound, CancellationToken limit)
    {
        if (!fetch.IsCompleted && !IsWorthWaiting)
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
            KeySetDocument document = await TimeLimit.RunAsync(GetAsync, FetchTimeout).ConfigureAwait(false);
            bool isEmpty = document.VerificationKeys.Count == 0;
            if (document.VerificationKeys.Count > KeySetDocument.MaxKeys)
                throw new InvalidDataException($"answered with {document.VerificationKeys.Count} keys for RS256, and at most {KeySetDocument.MaxKeys} are accepted");
            bool isChanged = keyRing.Use(this, document.VerificationKeys);
            state = new State
            {
                Fetched = time.GetTimestamp(),
                LastFetched = time.GetUtcNow(),
                HasHadKeys = old.HasHadKeys || !isEmpty,
                Fault = isEmpty ? $"answered with {document.Summary}" : null,
            };
            consequence = "The keys fetched before are no longer used.";
            if (!isEmpty && (isChanged || old.Fault is not null))
                Log.KeySetFetched(logger, address, document.Summary);
        }
        catch (Exception exception) when (FetchFault.Of(exception, FetchTimeout) is { } fault)
        {
            state = old with { Fault = fault };
        }

        _state = state with { LastEnd = RealTime.GetTimestamp() };
        // Logged only when the state changes, so that a server that stays down does not fill the log.
        if (state.Fault is not null && state.Fault != old.Fault)
            Log.KeySetNotFetched(logger, address, state.Fault, state.HasHadKeys ? consequence : "No key was fetched yet.");
    }

    private async Task<KeySetDocument> GetAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/jwk-set+json, application/json");
        using HttpResponseMessage response = await createClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        FetchFault.RefuseFromElsewhere(response, address);
        return KeySetDocument.Parse(await FetchFault.ReadAsync(response, MaxDocumentLength, cancel).ConfigureAwait(false));
    }

    private sealed record State
    {
        /// <summary>The timestamp of the last successful fetch, by the configured <see cref="TimeProvider"/>.</summary>
        public long? Fetched { get; init; }

        /// <summary>The date and time of the last successful fetch, for the status.</summary>
        public DateTimeOffset? LastFetched { get; init; }

        /// <summary>The timestamp at which the last fetch ended, by the system clock.</summary>
        public long LastEnd { get; init; }

        /// <summary>Why the last fetch brought no usable key; <see langword="null"/> if it brought one.</summary>
        public string? Fault { get; init; }

        public bool HasHadKeys { get; init; }
    }
}
