using Microsoft.Extensions.Hosting;

namespace ApiJwts.Testing;

/// <summary>Loads the revoked test tokens into the lists of the service under test, including tokens that are revoked while it runs.</summary>
internal sealed class RevokedTestTokens : IHostedService, IDisposable
{
    private readonly RevocationSource[] _sources;

    /// <summary>The host creates all services before it starts one, so the lists are complete before the first request.</summary>
    public RevokedTestTokens(IEnumerable<RevocationList> lists)
    {
        _sources = [.. lists.Select(list => list.AddSource("the tests", TimeSpan.MaxValue))];
        TestToken.SharedList.Revoked += Tell;
        foreach (RevocationSource source in _sources)
            source.Load(TestToken.SharedList.Entries);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => TestToken.SharedList.Revoked -= Tell;

    private void Tell(object? sender, RevokedEventArgs revoked)
    {
        foreach (RevocationSource source in _sources)
            source.Load([revoked.Revocation]);
    }
}
