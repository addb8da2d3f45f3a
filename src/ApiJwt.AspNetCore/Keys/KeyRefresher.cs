using ApiJwts.AspNetCore.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>
/// Keeps the keys of <typeparamref name="T"/> those of the configuration and of the key set while requests run. Constructs
/// <typeparamref name="T"/> when the application starts, so that it does not start with settings that cannot be used.
/// </summary>
internal sealed class KeyRefresher<T>(T jwt, SettingsOf<T> settings, ILogger<T> logger, TimeProvider? time = null) : BackgroundService
    where T : ApiJwt
{
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(10);

    private readonly List<IDisposable> _subscriptions = [];
    private string? _lastFault;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (IOptionsChangeTokenSource<ApiJwtOptions> change in settings.Changes)
            _subscriptions.Add(ChangeToken.OnChange(change.GetChangeToken, TakeOver));
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A service without traffic must not keep a key that was withdrawn.
        using var timer = new PeriodicTimer(BetweenFetches, time ?? TimeProvider.System);
        do
        {
            await jwt.Keys.RefreshAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private void TakeOver()
    {
        try
        {
            jwt.Keys.Reload(settings.Create());
            _lastFault = null;
        }
        // ApiJwtException: a setting or a key. OptionsValidationException: a check of the application's own.
        catch (Exception fault) when (fault is ApiJwtException or OptionsValidationException)
        {
            // A change arrives once for each source of the configuration: one fault is one line.
            if (Interlocked.Exchange(ref _lastFault, fault.Message) != fault.Message)
                Log.SettingsRefused(logger, typeof(T).Name, fault.Message);
        }
    }
}
