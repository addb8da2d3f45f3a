using ApiJwts.AspNetCore.Settings;

namespace ApiJwts.AspNetCore.Revoking;

/// <summary>Refreshes the list of revoked tokens of <typeparamref name="T"/> at each interval. Decoding does that too, but only while tokens arrive.</summary>
internal sealed class RevocationRefresher<T>(T jwt, SettingsOf<T> settings, TimeProvider? time = null) : Refresher(time)
    where T : ApiJwt
{
    private TimeSpan _interval;

    protected override TimeSpan Pause => _interval;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        ApiJwtOptions options = settings.Create();
        _interval = options.RevocationsRefreshInterval;
        return options.RevocationsUri is null ? Task.CompletedTask : base.StartAsync(cancellationToken);
    }

    protected override Task RefreshAsync(CancellationToken cancel) => jwt.Revocations.RefreshAsync(cancel);
}
