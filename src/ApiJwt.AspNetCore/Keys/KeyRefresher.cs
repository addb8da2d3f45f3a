using System.Diagnostics.CodeAnalysis;
using ApiJwts.AspNetCore.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>
/// Updates the keys of <typeparamref name="T"/> from the configuration and the key set while the service runs. Constructs
/// <typeparamref name="T"/> when the application starts, so that the application does not start with settings that cannot be used.
/// </summary>
internal sealed class KeyRefresher<T>(T jwt, SettingsOf<T> settings, ILogger<T> logger, TimeProvider? time = null) : Refresher(time)
    where T : ApiJwt
{
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BetweenRetries = TimeSpan.FromSeconds(10);

    private readonly List<IDisposable> _subscriptions = [];
    private readonly object _applying = new();
    private string? _lastFault;
    private string[] _waitingForRestart = [];

    protected override TimeSpan Pause => jwt.Keys.FetchStatus is { Fault: not null } ? BetweenRetries : BetweenFetches;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (IOptionsChangeTokenSource<ApiJwtOptions> change in settings.Changes)
            _subscriptions.Add(ChangeToken.OnChange(change.GetChangeToken, ApplyChange));
        // The class may have been constructed long before the start, for example by MapJwks before a migration of the database.
        if (settings.HaveChanged)
            ApplyChange();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        base.Dispose();
    }

    /// <summary>A token with an unknown key also causes a fetch. A service without requests needs this one to drop removed keys and to become ready.</summary>
    protected override Task RefreshAsync(CancellationToken cancel) => jwt.Keys.RefreshAsync(cancel);

    [SuppressMessage("Design", "CA1031", Justification = "An exception in the callback of a configuration that reloads itself ends the process.")]
    private void ApplyChange()
    {
        // A change arrives once for each source of the configuration, and the last one must win.
        lock (_applying)
        {
            try
            {
                ApiJwtOptions changed = settings.Create();
                jwt.Keys.Reload(changed);
                _lastFault = null;
                WarnOfReadOnce(settings.InForce?.ChangedIn(new ReadOnceSettings(changed)) ?? []);
            }
            catch (Exception exception)
            {
                // ApiJwtException reports a setting or a key, and OptionsValidationException a check of the application. Other messages may repeat
                // the value of a setting.
                string fault = exception is ApiJwtException or OptionsValidationException ? exception.Message : $"They could not be read ({exception.GetType().Name}).";
                if (_lastFault != fault)
                    Log.SettingsRefused(logger, typeof(T).Name, fault);
                _lastFault = fault;
            }
        }
    }

    private void WarnOfReadOnce(string[] changed)
    {
        string[] unreported = [.. changed.Except(_waitingForRestart)];
        _waitingForRestart = changed;
        if (unreported.Length > 0)
            Log.SettingsReadOnce(logger, string.Join(", ", unreported), typeof(T).Name);
    }
}
