using ApiJwts.AspNetCore.Settings;
using Microsoft.Extensions.Hosting;

namespace ApiJwts.AspNetCore.Revoking;

/// <summary>Refreshes the list of withdrawn tokens of <typeparamref name="T"/> at each interval. Decoding does that too, but only while tokens arrive.</summary>
internal sealed class RevocationRefresher<T>(T jwt, SettingsOf<T> settings, TimeProvider? time = null) : BackgroundService
    where T : ApiJwt
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        // A loop that is disposed of before it has begun counts as cancelled, which the host reports as critical.
        await _begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _begun.TrySetResult();
        ApiJwtOptions options = settings.Create();
        if (options.RevocationsUri is null)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await jwt.Revocations.RefreshAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(options.RevocationsRefreshInterval, time ?? TimeProvider.System, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
