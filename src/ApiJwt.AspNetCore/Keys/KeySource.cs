using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace ApiJwts.AspNetCore.Keys;

/// <summary>Where the bearer handler turns when a token names a key that is not here.</summary>
internal interface IKeySource
{
    /// <summary>Whether there is an address to fetch keys from. Without one, a token with a strange key is not looked at twice.</summary>
    public bool IsRemote { get; }

    public Task RefreshAsync();
}

/// <summary>
/// Keeps the keys of <typeparamref name="T"/> those of the configuration and of the auth service's key set, while requests run.
/// What cannot be used changes nothing.
/// </summary>
internal sealed class KeySource<T> : IKeySource, IHostedService, IDisposable
    where T : ApiJwt
{
    private readonly object _changing = new();
    private readonly T _jwt;
    private readonly Registration<T> _registration;
    private readonly IOptionsFactory<ApiJwtOptions> _factory;
    private readonly IEnumerable<IOptionsChangeTokenSource<ApiJwtOptions>> _changes;
    private readonly ILogger<T> _logger;
    private readonly List<IDisposable> _subscriptions = [];
    private volatile JwksFetcher? _fetcher;
    private ApiJwtOptions _settings;
    private IReadOnlyList<string> _fetched = [];
    private string? _lastFault;

    public KeySource(
        T jwt,
        Registration<T> registration,
        IOptionsMonitor<ApiJwtOptions> settings,
        IOptionsFactory<ApiJwtOptions> factory,
        IEnumerable<IOptionsChangeTokenSource<ApiJwtOptions>> changes,
        ILogger<T> logger)
    {
        _jwt = jwt;
        _registration = registration;
        _settings = settings.Get(Registration<T>.Name);
        _factory = factory;
        _changes = changes;
        _logger = logger;
        _fetcher = FetcherFor(_settings);
    }

    public bool IsRemote => _fetcher is not null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration.IsRunning = true;
        foreach (IOptionsChangeTokenSource<ApiJwtOptions> change in _changes.Where(change => change.Name == Registration<T>.Name))
            _subscriptions.Add(ChangeToken.OnChange(change.GetChangeToken, UseChangedSettings));
        _fetcher?.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_fetcher is not null)
            await _fetcher.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task RefreshAsync() => _fetcher?.RefreshAsync() ?? Task.CompletedTask;

    public void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _fetcher?.Dispose();
    }

    private JwksFetcher? FetcherFor(ApiJwtOptions settings) => settings.JwksUri is { } address
        ? new JwksFetcher(address, settings.TimeProvider, document => UseFetched(document, address), fault => Log.FetchFailed(_logger, fault, typeof(T).Name, address))
        : null;

    private void UseChangedSettings()
    {
        try
        {
            ApiJwtOptions changed = _factory.Create(Registration<T>.Name);
            Registration<T>.RefuseAddress(changed);
            lock (_changing)
            {
                if (HaveSameKeys(changed, _settings))
                    return;
                bool isElsewhere = changed.JwksUri != _settings.JwksUri;
                _jwt.Keys.Load(changed, isElsewhere ? [] : _fetched);
                _settings = changed;
                _lastFault = null;
                if (isElsewhere)
                    FetchElsewhere();
            }
        }
        // ApiJwtException: a key. The others come from binding and validating: a text that is no number, a check of the application's own.
        catch (Exception fault) when (fault is ApiJwtException or InvalidOperationException or OptionsValidationException)
        {
            // A change arrives once for each source of the configuration: one fault is one line.
            if (Interlocked.Exchange(ref _lastFault, fault.Message) != fault.Message)
                Log.SettingsRefused(_logger, typeof(T).Name, fault.Message);
        }
    }

    private void FetchElsewhere()
    {
        JwksFetcher? old = _fetcher;
        _fetched = [];
        _fetcher = FetcherFor(_settings);
        _fetcher?.Start();
        // Not disposed: a request may still be waiting for it.
        _ = old?.StopAsync(CancellationToken.None);
    }

    /// <summary>Whether there were new keys among them.</summary>
    private bool UseFetched(JwksDocument document, Uri address)
    {
        lock (_changing)
        {
            // The same keys again must not empty the cache of verified tokens; and those of an address that is not in the settings any
            // more are not wanted, should they arrive late.
            if (address != _settings.JwksUri || document.PublicKeys.SequenceEqual(_fetched, StringComparer.Ordinal))
                return false;
            // Only they are exchanged: what was taken out of use while running is not to come back with them.
            _jwt.Keys.Exchange(_fetched, document.PublicKeys, _settings);
            _fetched = document.PublicKeys;
        }

        if (document.PublicKeys.Count == 0)
            Log.FetchedNone(_logger, typeof(T).Name, address);
        else
            Log.Fetched(_logger, document.PublicKeys.Count, typeof(T).Name, address, document.OtherCount);
        return true;
    }

    private static bool HaveSameKeys(ApiJwtOptions one, ApiJwtOptions other) =>
        one.PrivateKey == other.PrivateKey && one.JwksUri == other.JwksUri && one.PublicKeys.SequenceEqual(other.PublicKeys, StringComparer.Ordinal);
}
