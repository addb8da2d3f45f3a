using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace ApiJwts.Redis;

/// <summary>Synchronizes the list of <typeparamref name="T"/> with the list in Redis.</summary>
/// <remarks>
/// One loop runs passes. A pass adds the revocations of this service to Redis and reads new entries. A message from Redis or a revocation in
/// this service only starts the next pass earlier, so a lost message delays an entry by one second at most. A full pass reads all entries and
/// adds those that Redis lost. It runs after a new connection, when the last entry that was read is no longer in Redis, and every ten minutes.
/// If a newer entry of the same subject has replaced the last entry, nothing is lost, and the full pass can wait for up to a minute. Otherwise,
/// one user who logs out repeatedly would make every service read the whole list each time.
/// </remarks>
internal sealed class RedisFollower<T> : BackgroundService
    where T : ApiJwt
{
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenFullReads = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenFullReadsWhenUnsure = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OutdatedAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);

    // Real time, because a fake clock that stands still must not stop the passes.
    private static readonly TimeProvider RealTime = TimeProvider.System;

    private readonly ConcurrentQueue<Revocation> _unshared = new();
    private readonly TaskCompletionSource _firstLoad = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RevocationList _list;
    private readonly RevocationSource _source;
    private readonly Func<Task<IConnectionMultiplexer>> _connect;
    private readonly bool _isOwned;
    private readonly string? _instanceName;
    private readonly ILogger _logger;
    private volatile TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnectionMultiplexer? _redis;
    private RedisList? _remote;
    private int _connections;
    private int _lastReadFully = -1;
    private long _lastFullRead;
    private double _lastNumber;
    private string? _lastText;
    private bool _isUnsure;
    private bool _hasLoggedUnknown;

    /// <summary>
    /// Adds the source in the constructor. The host creates all services before it starts one, so no token is accepted before the list is read.
    /// </summary>
    public RedisFollower(T jwt, Func<Task<IConnectionMultiplexer>> connect, bool isOwned, string? instanceName, ILogger? logger)
    {
        _list = jwt.Revocations;
        _source = _list.AddSource("Redis", OutdatedAfter);
        _connect = connect;
        _isOwned = isOwned;
        _instanceName = instanceName;
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

    /// <summary>Waits for the first answer of Redis, up to a limit, so that the first requests are not refused.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        await _firstLoad.Task.WaitAsync(LongestStart, RealTime, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The connection factory of the application may block, but must not block the start.
        await Task.Yield();
        do
        {
            await PassAsync().ConfigureAwait(false);
            if (_source.LastLoaded is not null)
                _firstLoad.TrySetResult();
            await _news.Task.WaitAsync(BetweenPasses, RealTime, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Replaced before the next pass, so that no signal during the pass is lost.
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        while (!stoppingToken.IsCancellationRequested);

        if (!_unshared.IsEmpty)
            await PassAsync().ConfigureAwait(false);
        _remote?.Unsubscribe(Hear);
    }

    private void Share(object? sender, RevokedEventArgs revoked)
    {
        _unshared.Enqueue(revoked.Revocation);
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
        // Read before the pass, so that a connection that is restored during the pass leads to another full pass.
        int connections = Volatile.Read(ref _connections);
        try
        {
            RedisList remote = _remote ?? await ConnectAsync().ConfigureAwait(false);
            string? refusal = await AddUnsharedAsync(remote).ConfigureAwait(false);
            if (connections == _lastReadFully && RealTime.GetElapsedTime(_lastFullRead) < (_isUnsure ? BetweenFullReadsWhenUnsure : BetweenFullReads))
            {
                (List<string> texts, double first, double last) = await remote.ReadAsync(_lastNumber).ConfigureAwait(false);
                bool isThere = first == _lastNumber || _lastNumber == 0;
                if (isThere || texts.Exists(text => EntryText.Replaces(text, _lastText!)))
                {
                    _isUnsure |= !isThere;
                    _lastNumber = last;
                    _lastText = texts.LastOrDefault();
                    _source.Load(Read(texts), refusal);
                    return;
                }
            }

            _lastFullRead = RealTime.GetTimestamp();
            (List<string> all, _, _lastNumber) = await remote.ReadAsync(from: 0).ConfigureAwait(false);
            _lastText = all.LastOrDefault();
            _isUnsure = false;
            refusal = await AddLostAsync(remote, all).ConfigureAwait(false);
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
        _remote = new RedisList(_redis, typeof(T).Name, _instanceName);
        _remote.Subscribe(Hear);
        return _remote;
    }

    /// <summary>Adds the revocations of this service. If Redis refuses them, keeps them for the next pass and returns the reason.</summary>
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

    /// <summary>Adds the entries of this service that Redis lost, or could not store because it was down.</summary>
    private Task<string?> AddLostAsync(RedisList remote, List<string> present)
    {
        // The list contains these entries as well.
        _unshared.Clear();
        var known = present.ToHashSet(StringComparer.Ordinal);
        // Redis has removed entries that are over.
        DateTimeOffset over = RealTime.GetUtcNow() - RedisList.LargestClockDifference;
        foreach (Revocation lost in _list.Entries.Where(entry => entry.ExpiresAt > over && !known.Contains(EntryText.Of(entry))))
            _unshared.Enqueue(lost);
        return AddUnsharedAsync(remote);
    }

    private IEnumerable<Revocation> Read(List<string> texts)
    {
        foreach (string text in texts)
        {
            if (EntryText.Read(text) is { } entry)
                yield return entry;
            else if (!_hasLoggedUnknown)
            {
                _hasLoggedUnknown = true;
                Log.UnknownEntries(_logger);
            }
        }
    }
}
