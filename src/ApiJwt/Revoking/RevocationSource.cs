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
    private long _loaded;

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

    /// <summary>When it was last heard of, by the clock of this machine; <see langword="null"/> before the first time.</summary>
    public DateTimeOffset? LastLoaded { get; private set; }

    /// <summary>Why it cannot be heard of now; <see langword="null"/> if it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>How long ago it was last heard of; <see langword="null"/> before the first time.</summary>
    public TimeSpan? Age => LastLoaded is null ? null : _time.GetElapsedTime(_loaded);

    /// <summary>Whether it was not heard of for longer than it should be.</summary>
    public bool IsOutdated => Age > _outdatedAfter;

    /// <summary>Adds entries to the list, and notes that the place was heard of. An empty list says that nothing is new.</summary>
    /// <param name="revocations">The entries. Those that are known, or that concern no token any more, change nothing.</param>
    /// <param name="fault">What is wrong with the place although it was heard of, as for <see cref="Fail"/>; for example, that it takes no entries of this service.</param>
    /// <exception cref="ArgumentNullException"><paramref name="revocations"/> is <see langword="null"/>.</exception>
    public void Load(IEnumerable<Revocation> revocations, string? fault = null)
    {
        ArgumentNullException.ThrowIfNull(revocations);
        _list.Add(revocations);
        lock (_changing)
        {
            bool isChange = LastLoaded is null || Fault is not null;
            _loaded = _time.GetTimestamp();
            LastLoaded = _time.GetUtcNow();
            if (fault is not null)
            {
                Fail(fault);
                return;
            }

            Fault = null;
            if (isChange)
                Log.RevocationsLoaded(_logger, Name);
        }
    }

    /// <summary>Notes that the place cannot be heard of. One line is logged for each change of the reason.</summary>
    /// <param name="fault">Why, in words that follow the name: <c>answered 404</c>. No value of a token.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is <see langword="null"/>.</exception>
    public void Fail(string fault)
    {
        ArgumentException.ThrowIfNullOrEmpty(fault);
        lock (_changing)
        {
            bool isChange = Fault != fault;
            Fault = fault;
            if (isChange)
                Log.RevocationsNotLoaded(_logger, Name, fault, LastLoaded is null ? "Tokens are refused as RevocationsUnavailable until it is." : "The tokens withdrawn before stay so.");
        }
    }
}
