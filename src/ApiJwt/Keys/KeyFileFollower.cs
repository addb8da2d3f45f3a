using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>
/// Looks at the key files every two seconds, and takes over what it saw twice: what it saw once may be half written. What cannot be
/// used changes nothing.
/// </summary>
internal sealed class KeyFileFollower : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly KeyFiles _files;
    private readonly KeyRing _keyRing;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private string? _lastSeen;
    private string? _judged;
    private volatile KeyFileStatus _status;

    /// <param name="files">The files.</param>
    /// <param name="digest">Of the contents that are in use.</param>
    /// <param name="keyRing">Gets the keys when they change.</param>
    /// <param name="time">Tells when to look.</param>
    /// <param name="logger">Gets a line for each change of state.</param>
    public KeyFileFollower(KeyFiles files, string? digest, KeyRing keyRing, TimeProvider time, ILogger logger)
    {
        _files = files;
        _judged = digest;
        _keyRing = keyRing;
        _time = time;
        _logger = logger;
        _status = new KeyFileStatus(time.GetUtcNow(), fault: null);
        // An ApiJwt is not disposed, so that the timer must not keep it alive: it refers to it weakly, and is set anew after each look.
        var self = new WeakReference<KeyFileFollower>(this);
        // The looks belong to no request: not to its trace, and not to its HttpContext.
        using (ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static state => LookAgain((WeakReference<KeyFileFollower>)state!), self, BetweenLooks, Timeout.InfiniteTimeSpan);
    }

    public KeyFileStatus Status => _status;

    public void Dispose() => _timer.Dispose();

    private static void LookAgain(WeakReference<KeyFileFollower> self)
    {
        if (!self.TryGetTarget(out KeyFileFollower? follower))
            return;
        follower.Look();
        follower._timer.Change(BetweenLooks, Timeout.InfiniteTimeSpan);
    }

    [SuppressMessage("Design", "CA1031", Justification = "What a timer's method throws ends the process.")]
    private void Look()
    {
        try
        {
            using KeyFileContents contents = _files.Read();
            bool isSettled = contents.Digest == _lastSeen;
            _lastSeen = contents.Digest;
            if (!isSettled || contents.Digest == _judged)
                return;
            _judged = contents.Digest;
            Judge(contents);
        }
        catch (Exception exception)
        {
            _status = new KeyFileStatus(_status.LastRead, $"The key files could not be loaded ({exception.GetType().Name}).");
        }
    }

    private void Judge(KeyFileContents contents)
    {
        string? before = _status.Fault;
        var faults = new List<string>();
        _keyRing.Use(this, configured => _files.Parse(contents, configured, faults) is var read && faults.Count == 0 ? read : configured);
        string? fault = faults.Count > 0 ? string.Join(' ', faults) : null;
        _status = new KeyFileStatus(fault is null ? _time.GetUtcNow() : _status.LastRead, fault);
        if (fault is not null && fault != before)
            Log.KeyFilesRefused(_logger, fault);
        else if (fault is null && before is not null)
            Log.KeyFilesUsable(_logger);
    }
}
