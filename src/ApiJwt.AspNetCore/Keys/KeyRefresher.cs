using ApiJwts.AspNetCore.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>
/// Keeps the keys of <typeparamref name="T"/> those of the configuration and of the key set while requests run. Constructs
/// <typeparamref name="T"/> when the application starts, so that it does not start with settings that cannot be used.
/// </summary>
internal sealed class KeyRefresher<T>(T jwt, SettingsOf<T> settings, ILogger<T> logger, TimeProvider? time = null) : Refresher(time)
    where T : ApiJwt
{
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BetweenRetries = TimeSpan.FromSeconds(10);

    private readonly List<IDisposable> _subscriptions = [];
    private readonly object _takingOver = new();
    private string? _lastFault;
    private string[] _waitingForRestart = [];

    protected override TimeSpan Pause => jwt.Keys.FetchStatus is { Fault: not null } ? BetweenRetries : BetweenFetches;

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

    /// <summary>Tokens lead to fetches as well. But a service without traffic must not keep a key that was withdrawn, nor wait for traffic to get ready.</summary>
    protected override Task RefreshAsync(CancellationToken cancel) => jwt.Keys.RefreshAsync(cancel);

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
