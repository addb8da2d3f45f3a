namespace ApiJwts;

/// <summary>Signs the list of withdrawn tokens anew when it has changed, and every minute, so that its age can be told.</summary>
internal sealed class RevocationPublisher(KeyRing keys, RevocationList list, ApiJwtOptions options)
{
    public static readonly TimeSpan SignedEvery = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _interval = options.RevocationsRefreshInterval;
    private readonly object _scheduling = new();
    private volatile Signed? _last;
    private Task<Signed>? _running;

    public async ValueTask<string> GetAsync(CancellationToken cancel)
    {
        int version = list.Version;
        if (_last is { } last && last.Version >= version && last.SigningKey == keys.Current.SigningKey
            && _time.GetUtcNow() - last.At is var age && age >= TimeSpan.Zero && age < SignedEvery)
            return last.Text;
        Signed signed;
        do
        {
            signed = await SignAsync().WaitAsync(cancel).ConfigureAwait(false);
        }
        // The signing that was under way may have begun before the last withdrawal.
        while (signed.Version < version || signed.SigningKey != keys.Current.SigningKey);
        return signed.Text;
    }

    /// <summary>One signature for all who ask meanwhile: anyone may ask, and a key vault answers only so many requests.</summary>
    private Task<Signed> SignAsync()
    {
        lock (_scheduling)
        {
            if (_running is null or { IsCompleted: true })
                _running = Task.Run(SignNowAsync);
            return _running;
        }
    }

    private async Task<Signed> SignNowAsync()
    {
        SigningKey signingKey = keys.Current.SigningKey
            ?? throw new ApiJwtException("There is no private key to sign the list of withdrawn tokens with. Publish it in the service that issues tokens.");
        int version = list.Version;
        DateTimeOffset now = _time.GetUtcNow();
        string text = await new RevocationDocument(now, now + Lifetime, list.Entries).SignAsync(signingKey, _interval, CancellationToken.None).ConfigureAwait(false);
        return _last = new Signed(text, version, signingKey, now);
    }

    private sealed record Signed(string Text, int Version, SigningKey SigningKey, DateTimeOffset At);
}
