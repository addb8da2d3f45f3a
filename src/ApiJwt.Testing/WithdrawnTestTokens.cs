using Microsoft.Extensions.Hosting;

namespace ApiJwts.Testing;

/// <summary>Tells the service under test which tokens its tests withdrew, before and while it runs.</summary>
internal sealed class WithdrawnTestTokens : IHostedService, IDisposable
{
    private readonly RevocationSource[] _sources;

    /// <summary>Made by the host before anything starts, so that no request comes too early.</summary>
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
