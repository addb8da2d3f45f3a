using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>
/// Reads the key files every two seconds, and applies a change when two consecutive reads return the same contents, because a single read
/// may see a file that is only partly written. Contents that cannot be used change nothing.
/// </summary>
internal sealed class KeyFileFollower : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private readonly KeyFiles _files;
    private readonly KeyRing _keyRing;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private string? _lastSeen;
    private string? _lastTried;
    private volatile KeyFileStatus _status;

    /// <param name="files">The key files.</param>
    /// <param name="digest">The digest of the contents that are in use.</param>
    /// <param name="keyRing">The key ring that changes are applied to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Logs each change of state.</param>
    public KeyFileFollower(KeyFiles files, string? digest, KeyRing keyRing, TimeProvider time, ILogger logger)
    {
        _files = files;
        _lastTried = digest;
        _keyRing = keyRing;
        _time = time;
        _logger = logger;
        _status = new KeyFileStatus(time.GetUtcNow(), fault: null);
        // An ApiJwt is not disposable, so the timer must not keep it alive: the timer has a weak reference, and runs once for each call of Change.
        var self = new WeakReference<KeyFileFollower>(this);
        // The timer must not run in the trace or the HttpContext of the request that creates it.
        using (ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static state => Poll((WeakReference<KeyFileFollower>)state!), self, PollInterval, Timeout.InfiniteTimeSpan);
    }

    public KeyFileStatus Status => _status;

    public void Dispose() => _timer.Dispose();

    private static void Poll(WeakReference<KeyFileFollower> self)
    {
        if (!self.TryGetTarget(out KeyFileFollower? follower))
            return;
        follower.ReadFiles();
        follower._timer.Change(PollInterval, Timeout.InfiniteTimeSpan);
    }

    [SuppressMessage("Design", "CA1031", Justification = "An exception in a timer callback ends the process.")]
    private void ReadFiles()
    {
        try
        {
            using KeyFileContents contents = _files.Read();
            bool isSettled = contents.Digest == _lastSeen;
            _lastSeen = contents.Digest;
            if (!isSettled || contents.Digest == _lastTried)
                return;
            _lastTried = contents.Digest;
            Apply(contents);
        }
        catch (Exception exception)
        {
            // The next read tries the same contents again.
            _lastTried = null;
            Report(exception is ApiJwtException ? exception.Message : $"The key files could not be loaded ({exception.GetType().Name}).");
        }
    }

    private void Apply(KeyFileContents contents)
    {
        var faults = new List<string>();
        _keyRing.Use(this, configured => _files.Parse(contents, configured, faults) is var read && faults.Count == 0 ? read : configured);
        Report(faults.Count > 0 ? string.Join(' ', faults) : null);
    }

    private void Report(string? fault)
    {
        string? before = _status.Fault;
        _status = new KeyFileStatus(fault is null ? _time.GetUtcNow() : _status.LastRead, fault);
        if (fault is not null && fault != before)
            Log.KeyFilesRefused(_logger, fault);
        else if (fault is null && before is not null)
            Log.KeyFilesUsable(_logger);
    }
}
