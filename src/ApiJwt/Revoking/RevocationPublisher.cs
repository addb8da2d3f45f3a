namespace ApiJwts;

/// <summary>Signs the list of withdrawn tokens when it has changed, and at least once a minute, so that a reader can detect an outdated document.</summary>
internal sealed class RevocationPublisher(KeyRing keyRing, RevocationList list, ApiJwtOptions options)
{
    public static readonly TimeSpan SignedEvery = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _interval = options.RevocationsRefreshInterval;
    private volatile Signed? _last;

    public async ValueTask<string> GetAsync(CancellationToken cancel)
    {
        SigningKey signingKey = keyRing.Current.SigningKey
            ?? throw new ApiJwtException("There is no private key to sign the list of withdrawn tokens with. Publish it in the service that issues tokens.");
        int version = list.Version;
        DateTimeOffset now = _time.GetUtcNow();
        if (_last is { } last && last.Version == version && last.SigningKey == signingKey && now - last.At is var age && age >= TimeSpan.Zero && age < SignedEvery)
            return last.Text;
        string text = await new RevocationDocument(now, now + Lifetime, list.Entries).SignAsync(signingKey, _interval, cancel).ConfigureAwait(false);
        _last = new Signed(text, version, signingKey, now);
        return text;
    }

    private sealed record Signed(string Text, int Version, SigningKey SigningKey, DateTimeOffset At);
}
