using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace ApiJwts.Redis;

/// <summary>Keeps the list of <typeparamref name="T"/> and the one in Redis the same.</summary>
/// <remarks>
/// One loop does it all, one pass after the other: what was withdrawn here is added, and what is new is read. A message from Redis, or a
/// withdrawal here, only wakes it, so that nothing depends on a message that gets lost. All is read, and what Redis lost is added again,
/// after each new connection, when the last entry that was read is not there any more, and every ten minutes.
/// </remarks>
internal sealed class RedisFollower<T> : BackgroundService
    where T : ApiJwt
{
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenFullReads = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OutdatedAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);

    // Waiting is done in real time: a test's clock that stands still must not keep withdrawals away.
    private static readonly TimeProvider RealTime = TimeProvider.System;

    private readonly ConcurrentQueue<Revocation> _unshared = new();
    private readonly TaskCompletionSource _firstLoad = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RevocationList _list;
    private readonly RevocationSource _source;
    private readonly Func<Task<IConnectionMultiplexer>> _connect;
    private readonly bool _isOwned;
    private readonly ILogger _logger;
    private volatile TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnectionMultiplexer? _redis;
    private RedisList? _remote;
    private int _connections;
    private int _lastReadFully = -1;
    private long _lastFullRead;
    private double _lastNumber;
    private bool _saidUnknown;

    /// <summary>Names the source at once: the host makes its services before it starts any of them, so that no token is let in before the list is here.</summary>
    public RedisFollower(T jwt, Func<Task<IConnectionMultiplexer>> connect, bool isOwned, ILogger? logger)
    {
        _list = jwt.Revocations;
        _source = _list.AddSource("Redis", OutdatedAfter);
        _connect = connect;
        _isOwned = isOwned;
        _logger = logger ?? NullLogger.Instance;
        _list.Revoked += Share;
    }

    public override void Dispose()
    {
        _list.Revoked -= Share;
        if (_redis is not null)
        {
            _redis.ConnectionRestored -= BeginAnew;
            _redis.ConfigurationChanged -= BeginAnew;
            if (_isOwned)
                _redis.Dispose();
        }

        base.Dispose();
    }

    /// <summary>Waits, bounded, for the first answer of Redis, so that the service does not begin with refusals.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        await _firstLoad.Task.WaitAsync(LongestStart, RealTime, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A connection that the application makes may block its thread.
        await Task.Yield();
        do
        {
            await PassAsync().ConfigureAwait(false);
            if (_source.LastLoaded is not null)
                _firstLoad.TrySetResult();
            await _news.Task.WaitAsync(BetweenPasses, RealTime, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Before the pass: what wakes from now on may have come too late for it.
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        while (!stoppingToken.IsCancellationRequested);

        if (!_unshared.IsEmpty)
            await PassAsync().ConfigureAwait(false);
        _remote?.Unsubscribe(Hear);
    }

    private void Share(object? sender, RevokedEventArgs withdrawn)
    {
        _unshared.Enqueue(withdrawn.Revocation);
        Wake();
    }

    private void Hear(RedisChannel channel, RedisValue message) => Wake();

    private void BeginAnew(object? sender, EventArgs change)
    {
        Interlocked.Increment(ref _connections);
        Wake();
    }

    private void Wake() => _news.TrySetResult();

    private async Task PassAsync()
    {
        // Looked at before the read: a connection that comes back in the middle of one leads to another.
        int connections = Volatile.Read(ref _connections);
        try
        {
            RedisList remote = _remote ?? await ConnectAsync().ConfigureAwait(false);
            string? refusal = await AddUnsharedAsync(remote).ConfigureAwait(false);
            if (connections == _lastReadFully && RealTime.GetElapsedTime(_lastFullRead) < BetweenFullReads)
            {
                (List<string> texts, double first, double last) = await remote.ReadAsync(_lastNumber).ConfigureAwait(false);
                if (first == _lastNumber || _lastNumber == 0)
                {
                    _lastNumber = last;
                    _source.Load(Read(texts), refusal);
                    return;
                }
            }

            _lastFullRead = RealTime.GetTimestamp();
            (List<string> all, _, _lastNumber) = await remote.ReadAsync(from: 0).ConfigureAwait(false);
            refusal ??= await AddLostAsync(remote, all).ConfigureAwait(false);
            _source.Load(Read(all), refusal);
            _lastReadFully = connections;
        }
        catch (Exception exception) when (RedisFault.Of(exception) is { } fault)
        {
            _lastReadFully = -1;
            _source.Fail(fault);
        }
    }

    private async Task<RedisList> ConnectAsync()
    {
        _redis = await _connect().ConfigureAwait(false);
        _redis.ConnectionRestored += BeginAnew;
        _redis.ConfigurationChanged += BeginAnew;
        _remote = new RedisList(_redis, typeof(T).Name);
        _remote.Subscribe(Hear);
        return _remote;
    }

    /// <summary>Adds what was withdrawn here, and keeps what Redis refuses to take for the next pass. Why it refuses, if it does.</summary>
    private async Task<string?> AddUnsharedAsync(RedisList remote)
    {
        Revocation[] unshared = [.. _unshared];
        try
        {
            await remote.AddAsync(unshared).ConfigureAwait(false);
        }
        catch (RedisServerException refusal)
        {
            return $"takes no entry of this service ({RedisFault.CodeOf(refusal)})";
        }

        for (int i = 0; i < unshared.Length; i++)
            _unshared.TryDequeue(out _);
        return null;
    }

    /// <summary>Adds what is in force here and is not in Redis: it was restarted without its data, or was away.</summary>
    private Task<string?> AddLostAsync(RedisList remote, List<string> present)
    {
        // What was withdrawn meanwhile is in the list as well.
        _unshared.Clear();
        var known = present.ToHashSet(StringComparer.Ordinal);
        foreach (Revocation lost in _list.Entries.Where(entry => !known.Contains(EntryText.Of(entry))))
            _unshared.Enqueue(lost);
        return AddUnsharedAsync(remote);
    }

    private IEnumerable<Revocation> Read(List<string> texts)
    {
        foreach (string text in texts)
        {
            if (EntryText.Read(text) is { } entry)
                yield return entry;
            else if (!_saidUnknown)
            {
                _saidUnknown = true;
                Log.UnknownEntries(_logger);
            }
        }
    }
}
