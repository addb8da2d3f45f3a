namespace ApiJwts.AspNetCore.Keys;

/// <summary>
/// Fetches the key set of <typeparamref name="T"/> at intervals. Decoding does that too, but only while tokens arrive, and a service without
/// requests must also drop removed keys and become ready.
/// </summary>
internal sealed class KeyRefresher<T>(T jwt, TimeProvider? time = null) : Refresher(time)
    where T : ApiJwt
{
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BetweenRetries = TimeSpan.FromSeconds(10);

    protected override TimeSpan Pause => jwt.Keys.FetchStatus is { Fault: not null } ? BetweenRetries : BetweenFetches;

    protected override Task RefreshAsync(CancellationToken cancel) => jwt.Keys.RefreshAsync(cancel);
}
