using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>A source of revocations from other services, with its state.</summary>
/// <remarks>Thread-safe. Entries stay in force if a later load fails.</remarks>
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

    /// <summary>The name of the source in logs and health checks.</summary>
    public string Name { get; }

    /// <summary>The time of the last load, by the clock of this machine; <see langword="null"/> before the first load.</summary>
    public DateTimeOffset? LastLoaded => _lastLoad?.Moment;

    /// <summary>Why the last load failed; <see langword="null"/> if it succeeded.</summary>
    public string? Fault => _fault;

    /// <summary>The time since the last load; <see langword="null"/> before the first load.</summary>
    public TimeSpan? Age => _lastLoad is { } load ? _time.GetElapsedTime(load.Timestamp) : null;

    /// <summary>Whether <see cref="Age"/> exceeds the limit that was passed to <see cref="RevocationList.AddSource"/>.</summary>
    public bool IsOutdated => Age > _outdatedAfter;

    /// <summary>Adds entries to the list, and records a successful load.</summary>
    /// <param name="revocations">The entries; empty if there are no new ones. Known and expired entries are ignored.</param>
    /// <param name="fault">A fault of the source that does not prevent loading, in the form that <see cref="Fail"/> expects: for example, that it does not accept entries of this service. <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="revocations"/> is <see langword="null"/>.</exception>
    public void Load(IEnumerable<Revocation> revocations, string? fault = null)
    {
        ArgumentNullException.ThrowIfNull(revocations);
        int ignored = _list.Add(revocations);
        if (ignored > 0)
            fault ??= $"has {ignored} revocations with a time in the future, which were ignored: a clock is wrong, or another program wrote them";
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

    /// <summary>Records that the source cannot be loaded. A message is logged only when the reason changes.</summary>
    /// <param name="fault">The reason as a phrase that follows the name of the source, such as <c>answered 404</c>. It must not contain a value of a token.</param>
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
                Log.RevocationsNotLoaded(_logger, Name, fault, LastLoaded is null ? "Tokens are refused as RevocationsUnavailable until the first load succeeds." : "The entries loaded before stay in force.");
        }
    }

    /// <summary>A single reference, so that a reader gets the time and the timestamp of the same load.</summary>
    private sealed record LastLoad(DateTimeOffset Moment, long Timestamp);
}
