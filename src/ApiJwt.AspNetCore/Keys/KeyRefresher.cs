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

    private static readonly TimeSpan BetweenRetries = TimeSpan.FromSeconds(10);

    private readonly List<IDisposable> _subscriptions = [];
    private readonly object _takingOver = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _lastFault;
    private string[] _waitingForRestart = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (IOptionsChangeTokenSource<ApiJwtOptions> change in settings.Changes)
            _subscriptions.Add(ChangeToken.OnChange(change.GetChangeToken, TakeOver));
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        // A loop that is disposed of before it has begun counts as cancelled, which the host reports as critical.
        await _begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        base.Dispose();
    }

    /// <summary>Tokens lead to fetches as well. But a service without traffic must not keep a key that was withdrawn, nor wait for traffic to get ready.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _begun.TrySetResult();
        while (!stoppingToken.IsCancellationRequested)
        {
            await jwt.Keys.RefreshAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(jwt.Keys.FetchStatus is { Fault: not null } ? BetweenRetries : BetweenFetches, time ?? TimeProvider.System, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void TakeOver()
    {
        // A change arrives once for each source of the configuration, and the last one must win.
        lock (_takingOver)
        {
            try
            {
                ApiJwtOptions changed = settings.Create();
                jwt.Keys.Reload(changed);
                _lastFault = null;
                WarnOfReadOnce(settings.InForce?.ChangedIn(new ReadOnceSettings(changed)) ?? []);
            }
            // ApiJwtException: a setting or a key. OptionsValidationException: a check of the application's own.
            catch (Exception fault) when (fault is ApiJwtException or OptionsValidationException)
            {
                if (_lastFault != fault.Message)
                    Log.SettingsRefused(logger, typeof(T).Name, fault.Message);
                _lastFault = fault.Message;
            }
        }
    }

    private void WarnOfReadOnce(string[] changed)
    {
        string[] news = [.. changed.Except(_waitingForRestart)];
        _waitingForRestart = changed;
        if (news.Length > 0)
            Log.SettingsReadOnce(logger, string.Join(", ", news), typeof(T).Name);
    }
}
