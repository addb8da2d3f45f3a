using Microsoft.Extensions.Hosting;

namespace ApiJwts.Testing;

/// <summary>Loads the withdrawn test tokens into the lists of the service under test, including tokens that are withdrawn while it runs.</summary>
internal sealed class WithdrawnTestTokens : IHostedService, IDisposable
{
    private readonly RevocationSource[] _sources;

    /// <summary>The host creates all services before it starts one, so the lists are complete before the first request.</summary>
    public WithdrawnTestTokens(IEnumerable<RevocationList> lists)
    {
        _sources = [.. lists.Select(list => list.AddSource("the tests", TimeSpan.MaxValue))];
        TestToken.Withdrawn.Revoked += Tell;
        foreach (RevocationSource source in _sources)
            source.Load(TestToken.Withdrawn.Entries);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => TestToken.Withdrawn.Revoked -= Tell;

    private void Tell(object? sender, RevokedEventArgs withdrawn)
    {
        foreach (RevocationSource source in _sources)
            source.Load([withdrawn.Revocation]);
    }
}
