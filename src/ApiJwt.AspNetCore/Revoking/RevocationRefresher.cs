using ApiJwts.AspNetCore.Settings;

namespace ApiJwts.AspNetCore.Revoking;

/// <summary>Refreshes the list of revoked tokens of <typeparamref name="T"/> at each interval. Decoding does that too, but only while tokens arrive.</summary>
internal sealed class RevocationRefresher<T>(T jwt, SettingsOf<T> settings, TimeProvider? time = null) : Refresher(time)
    where T : ApiJwt
{
    protected override TimeSpan Pause => settings.RevocationsInterval!.Value;

    public override Task StartAsync(CancellationToken cancellationToken) =>
        settings.RevocationsInterval is null ? Task.CompletedTask : base.StartAsync(cancellationToken);

    protected override Task RefreshAsync(CancellationToken cancel) => jwt.Revocations.RefreshAsync(cancel);
}
