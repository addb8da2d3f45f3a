using System.Net;
using System.Text.Json;
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

    private const int MostKeys = 32;

    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OutdatedAfter = 2 * FreshFor;
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetryPause = TimeSpan.FromMinutes(1);

    // Waiting is always done in real time: a test's clock that stands still must not hold a caller for ever.
    private static readonly TimeProvider RealTime = TimeProvider.System;

    private readonly object _scheduling = new();
    private volatile Task? _running;
    private volatile Task? _next;
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
                IsOutdated = state.LastFetched is not null && IsOlderThan(OutdatedAfter),
            };
        }
    }

    public bool HasHadKeys => _state.HasHadKeys;

    private bool IsBusy => _next is not null || _running is { IsCompleted: false };

    /// <summary>Whether a caller may wait for a fetch. Not soon after one that failed: the next would be likely to fail as well.</summary>
    private bool IsWorthWaiting => _state.Failures == 0;

    /// <summary>Begins a fetch in the background when one is due. Called at every decode, and costs one look at a clock.</summary>
    public void FetchWhenDue()
    {
        State state = _state;
        bool isDue = state.Failures == 0
            ? IsOlderThan(FreshFor)
            : RealTime.GetElapsedTime(state.LastEnd) > RetryPause(state.Failures);
        if (isDue && !IsBusy)
            _ = FetchAsync();
    }

    /// <summary>Waits, if the key set is outdated because no token came for twenty minutes, until it has been fetched.</summary>
    public Task CatchUpAsync(CancellationToken cancel) =>
        _state.LastFetched is not null && IsWorthWaiting && IsOlderThan(OutdatedAfter) ? WaitAsync(FetchAsync(), cancel) : Task.CompletedTask;

    /// <summary>Waits for the fetch that is under way, if there is one.</summary>
    /// <returns>Whether there was.</returns>
    public async Task<bool> WaitForRunningAsync(CancellationToken cancel)
    {
        if (_running is not { IsCompleted: false } running || !IsWorthWaiting)
            return false;
        await WaitAsync(running, cancel).ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits for a fetch that begins after this call: one that is under way may have begun before a key was published.</summary>
    /// <returns>Whether waiting was worth it.</returns>
    public async Task<bool> WaitForNextAsync(CancellationToken cancel)
    {
        Task next = FetchAsync();
        if (!IsWorthWaiting)
            return false;
        await WaitAsync(next, cancel).ConfigureAwait(false);
        return true;
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
                return _next = Task.Run(RunNextAsync);
        }
    }

    private static async Task WaitAsync(Task fetch, CancellationToken cancel)
    {
        await fetch.WaitAsync(LongestWait, RealTime, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
    }

    private static TimeSpan RetryPause(int failures) =>
        TimeSpan.FromSeconds(Math.Min(LongestRetryPause.TotalSeconds, Math.Pow(2, failures - 1)));

    private bool IsOlderThan(TimeSpan age) => _state.Fetched is not { } fetched || time.GetElapsedTime(fetched) > age;

    private async Task RunNextAsync()
    {
        if (_running is { } running)
            await running.ConfigureAwait(false);
        TimeSpan pause = CoolDown - RealTime.GetElapsedTime(_state.LastEnd);
        if (_state.LastEnd != 0 && pause > TimeSpan.Zero)
            await Task.Delay(pause, RealTime).ConfigureAwait(false);
        Task fetch;
        lock (_scheduling)
        {
            _next = null;
            _running = fetch = Task.Run(FetchOnceAsync);
        }

        await fetch.ConfigureAwait(false);
    }

    private async Task FetchOnceAsync()
    {
        State old = _state;
        State state;
        try
        {
            // A client of the user's may not heed the cancellation, and must not keep every later fetch from happening.
            using var timeout = new CancellationTokenSource(LongestFetch, RealTime);
            KeySetDocument document = await GetAsync(timeout.Token).WaitAsync(LongestFetch, RealTime).ConfigureAwait(false);
            if (document.Keys.Count > MostKeys)
                throw new InvalidDataException($"answered with {document.Keys.Count} keys for RS256, and at most {MostKeys} are taken");
            bool isChanged = keys.Use(this, document.Keys);
            bool isEmpty = document.Keys.Count == 0;
            state = new State
            {
                Fetched = time.GetTimestamp(),
                LastFetched = time.GetUtcNow(),
                HasHadKeys = old.HasHadKeys || !isEmpty,
                Failures = isEmpty ? old.Failures + 1 : 0,
                Fault = isEmpty ? $"answered with {document.Summary}" : null,
            };
            if (!isEmpty && (isChanged || old.Fault is not null))
                Log.KeySetFetched(logger, address, document.Summary);
        }
        catch (Exception exception) when (FaultOf(exception) is { } fault)
        {
            state = old with { Failures = old.Failures + 1, Fault = fault };
        }

        // One line for each change of state: a server that stays down says nothing new.
        if (state.Fault is not null && state.Fault != old.Fault)
            Log.KeySetNotFetched(logger, address, state.Fault, state.HasHadKeys ? "The keys fetched before stay in use." : "No key was fetched yet: tokens are refused as KeysUnavailable until one is.");
        _state = state with { LastEnd = RealTime.GetTimestamp() };
    }

    private async Task<KeySetDocument> GetAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/jwk-set+json, application/json");
        using HttpResponseMessage response = await createClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new InvalidDataException($"answered {(int)response.StatusCode}{((int)response.StatusCode is >= 300 and < 400 ? ", and redirects are not followed" : "")}");
        using Stream body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        byte[] json = new byte[LongestDocument + 1];
        int length = await body.ReadAtLeastAsync(json, json.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        return length <= LongestDocument
            ? KeySetDocument.Parse(json.AsMemory(0, length))
            : throw new InvalidDataException($"answered with more than {LongestDocument} bytes");
    }

    private static string? FaultOf(Exception exception) => exception switch
    {
        InvalidDataException fault => fault.Message,
        OperationCanceledException or TimeoutException => $"did not answer within {LongestFetch.TotalSeconds} seconds",
        JsonException => "answered with something that is not a JSON Web Key Set",
        // The innermost message is the one that says what is wrong: a refused connection, an untrusted certificate.
        _ => $"could not be asked: {exception.GetBaseException().Message}",
    };

    private sealed record State
    {
        /// <summary>When the key set was fetched, as a timestamp of the service's clock.</summary>
        public long? Fetched { get; init; }

        /// <summary>The same by the wall clock, for people.</summary>
        public DateTimeOffset? LastFetched { get; init; }

        /// <summary>When the last fetch ended, as a timestamp in real time; 0 before the first.</summary>
        public long LastEnd { get; init; }

        /// <summary>How many fetches in a row brought no key.</summary>
        public int Failures { get; init; }

        public string? Fault { get; init; }

        public bool HasHadKeys { get; init; }
    }
}
