using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>A place that withdrawals of other services are loaded from, and how fresh they are.</summary>
/// <remarks>Thread-safe. What was loaded stays, whatever happens to the place.</remarks>
public sealed class RevocationSource
{
    private readonly object _changing = new();
    private readonly RevocationList _list;
    private readonly TimeSpan _outdatedAfter;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile LastLoad? _lastLoad;
    private volatile string? _fault;

    internal RevocationSource(RevocationList list, string name, TimeSpan outdatedAfter, TimeProvider time, ILogger logger)
    {
        _list = list;
        Name = name;
        _outdatedAfter = outdatedAfter;
        _time = time;
        _logger = logger;
    }

    /// <summary>What logs and health checks call it.</summary>
    public string Name { get; }

    /// <summary>When it was last loaded, by the clock of this machine; <see langword="null"/> before the first time.</summary>
    public DateTimeOffset? LastLoaded => _lastLoad?.Moment;

    /// <summary>Why the last load failed; <see langword="null"/> if it did not.</summary>
    public string? Fault => _fault;

    /// <summary>How long ago it was last loaded; <see langword="null"/> before the first time.</summary>
    public TimeSpan? Age => _lastLoad is { } load ? _time.GetElapsedTime(load.Timestamp) : null;

    /// <summary>Whether the last load is longer ago than it should be.</summary>
    public bool IsOutdated => Age > _outdatedAfter;

    /// <summary>Adds entries to the list, and notes that the source was loaded. An empty list says that nothing is new.</summary>
    /// <param name="revocations">The entries. Those that are known, or that concern no token any more, change nothing.</param>
    /// <param name="fault">What is wrong with the source although it was loaded, as for <see cref="Fail"/>; for example, that it takes no entries of this service.</param>
    /// <exception cref="ArgumentNullException"><paramref name="revocations"/> is <see langword="null"/>.</exception>
    public void Load(IEnumerable<Revocation> revocations, string? fault = null)
    {
        ArgumentNullException.ThrowIfNull(revocations);
        int leftOut = _list.Add(revocations);
        if (leftOut > 0)
            fault ??= $"has {leftOut} withdrawals of tokens that are still to be issued, which were left out: a clock is wrong, or something else wrote them";
        lock (_changing)
        {
            bool isChange = _lastLoad is null || _fault is not null;
            _lastLoad = new LastLoad(_time.GetUtcNow(), _time.GetTimestamp());
            if (fault is not null)
            {
                Fail(fault);
                return;
            }

            _fault = null;
            if (isChange)
                Log.RevocationsLoaded(_logger, Name);
        }
    }

    /// <summary>Notes that the source cannot be loaded. One line is logged for each change of the reason.</summary>
    /// <param name="fault">Why, in words that follow the name: <c>answered 404</c>. No value of a token.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="fault"/> is empty.</exception>
    public void Fail(string fault)
    {
        ArgumentException.ThrowIfNullOrEmpty(fault);
        lock (_changing)
        {
            bool isChange = _fault != fault;
            _fault = fault;
            if (isChange)
                Log.RevocationsNotLoaded(_logger, Name, fault, LastLoaded is null ? "Tokens are refused as RevocationsUnavailable until it is." : "The tokens withdrawn before stay so.");
        }
    }

    /// <summary>One value, so that a reader never sees the moment of one load and the timestamp of another.</summary>
    private sealed record LastLoad(DateTimeOffset Moment, long Timestamp);
}
