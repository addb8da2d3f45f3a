using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>Signs the list of revoked tokens when it has changed, and at least once a minute, so that a reader can detect an outdated document.</summary>
internal sealed class RevocationPublisher(KeyRing keyRing, RevocationList list, ApiJwtOptions options, ILogger logger)
{
    public static readonly TimeSpan SignedEvery = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan SigningTimeout = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _interval = options.RevocationsRefreshInterval;
    private readonly object _scheduling = new();
    private volatile Signed? _last;
    private Task<Signed>? _running;
    private bool _hasLoggedLength;

    public async ValueTask<string> GetAsync(CancellationToken cancel)
    {
        int version = list.Version;
        while (true)
        {
            if (_last is { } last && IsCurrent(last, version) && _time.GetUtcNow() - last.At is var age && age >= TimeSpan.Zero && age < SignedEvery)
                return last.Text;
            Signed signed = await SignAsync().WaitAsync(cancel).ConfigureAwait(false);
            // A signing operation that was already running may not include the last revocation.
            if (IsCurrent(signed, version))
                return signed.Text;
        }
    }

    private bool IsCurrent(Signed signed, int version) => signed.Version >= version && signed.SigningKey == keyRing.Current.SigningKey;

    /// <summary>Signs the list, or joins the signing that is running. Anyone may request the list, and a key vault limits the rate of signatures.</summary>
    private Task<Signed> SignAsync()
    {
        lock (_scheduling)
        {
            if (_running is { IsCompleted: false })
                return _running;
            _running = BackgroundTask.Run(SignNowAsync);
            AbandonedTask.Observe(_running);
            return _running;
        }
    }

    private async Task<Signed> SignNowAsync()
    {
        SigningKey signingKey = keyRing.Current.SigningKey
            ?? throw new ApiJwtException("There is no private key to sign the list of revoked tokens with. Publish it in the service that issues tokens.");
        int version = list.Version;
        DateTimeOffset now = _time.GetUtcNow();
        IReadOnlyCollection<Revocation> entries = list.Entries;
        string text = await SignAsync(new RevocationDocument(now, now + Lifetime, entries), signingKey).ConfigureAwait(false);
        if (text.Length > RevocationDocument.MaxLength / 2 && !_hasLoggedLength)
        {
            _hasLoggedLength = true;
            Log.LongRevocationList(logger, entries.Count, (int)(100L * text.Length / RevocationDocument.MaxLength));
        }

        return _last = new Signed(text, version, signingKey, now);
    }

    private async Task<string> SignAsync(RevocationDocument document, SigningKey signingKey)
    {
        try
        {
            return await TimeLimit.RunAsync(cancel => document.SignAsync(signingKey, _interval, cancel).AsTask(), SigningTimeout).ConfigureAwait(false);
        }
        // A signer that is cancelled for another reason throws TokenSigningException.
        catch (OperationCanceledException fault)
        {
            throw new TokenSigningException(TokenSigningFault.TimedOut, $"The list of revoked tokens was not signed within {SigningTimeout.TotalSeconds} seconds. It will be signed at the next request.", fault);
        }
    }

    private sealed record Signed(string Text, int Version, SigningKey SigningKey, DateTimeOffset At);
}
