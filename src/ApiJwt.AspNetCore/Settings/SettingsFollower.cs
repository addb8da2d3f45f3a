using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Settings;

/// <summary>
/// Applies changes of the configuration to <typeparamref name="T"/> while the service runs. Constructs <typeparamref name="T"/> when the
/// application starts, so that the application does not start with settings that cannot be used.
/// </summary>
internal sealed class SettingsFollower<T>(T jwt, SettingsOf<T> settings, ILogger<T> logger) : IHostedService, IDisposable
    where T : ApiJwt
{
    private readonly List<IDisposable> _subscriptions = [];
    private readonly object _applying = new();
    private readonly SafeLogger _logger = new(logger);
    private string? _lastFault;
    private string[] _waitingForRestart = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (IOptionsChangeTokenSource<ApiJwtOptions> change in settings.Changes)
            _subscriptions.Add(ChangeToken.OnChange(change.GetChangeToken, ApplyChange));
        // The class may have been constructed long before the start, for example by MapJwks before a migration of the database.
        if (settings.HaveChanged)
            ApplyChange();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

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
                    Log.SettingsRefused(_logger, typeof(T).Name, fault);
                _lastFault = fault;
            }
        }
    }

    private void WarnOfReadOnce(string[] changed)
    {
        string[] unreported = [.. changed.Except(_waitingForRestart)];
        _waitingForRestart = changed;
        if (unreported.Length > 0)
            Log.SettingsReadOnce(_logger, string.Join(", ", unreported), typeof(T).Name);
    }
}
