using Microsoft.Extensions.Hosting;

namespace ApiJwts.AspNetCore;

/// <summary>Runs a refresh at intervals while the service runs, independently of requests.</summary>
internal abstract class Refresher(TimeProvider? time) : BackgroundService
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long to wait before the next refresh.</summary>
    protected abstract TimeSpan Pause { get; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        // If the host disposes of this service before the loop begins, it logs a critical fault.
        await _begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected abstract Task RefreshAsync(CancellationToken cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _begun.TrySetResult();
        while (!stoppingToken.IsCancellationRequested)
        {
            await RefreshAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Pause, time ?? TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
