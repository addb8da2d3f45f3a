using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The list of revoked tokens. <see cref="ApiJwt.Decode"/> refuses them as <see cref="TokenFailure.Revoked"/>.</summary>
/// <remarks>
/// <para>Thread-safe. Lookups take no lock. A revocation takes effect in this process immediately, and cannot be undone. Other services get
/// it through <see cref="ApiJwtOptions.RevocationsUri"/>, or through a store such as the one of the package <c>ApiJwt.Redis</c>. An entry is
/// removed five minutes, the largest clock skew, after the last token that it revokes has expired.</para>
/// <para>Revoking a token by its id requires <see cref="PayloadPolicy.WriteTokenId"/> when it is issued. A token without a time of issue
/// (<see cref="PayloadPolicy.WriteIssuedAt"/>) is treated as issued before every time.</para>
/// </remarks>
public sealed class RevocationList
{
    private readonly RevocationEntries _entries;
    private readonly object _addingSource = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _longestLife;
    private readonly ILogger _logger;
    private readonly RevocationPublisher _publisher;
    private volatile RevocationSource[] _sources = [];

    internal RevocationList(ApiJwtOptions options, KeyRing keyRing, ILogger logger)
    {
        _time = options.TimeProvider;
        _longestLife = options.MaxTimeToLive;
        _logger = logger;
        _entries = new RevocationEntries(_time);
        _publisher = new RevocationPublisher(keyRing, this, options, logger);
        Follower = options.RevocationsUri is { } address ? new RevocationFollower(address, options, keyRing, this) : null;
    }

    /// <summary>
    /// Raised by every call of this class that revokes tokens, so that a handler can share the revocation with other services.
    /// <see cref="RevocationSource.Load"/> does not raise it. If a handler throws, the other handlers still run, the entry stays in force,
    /// and the caller gets the exception.
    /// </summary>
    public event EventHandler<RevokedEventArgs>? Revoked;

    /// <summary>
    /// Raised after a call of this class or <see cref="RevocationSource.Load"/> added entries, on the thread that added them. Use it with
    /// <see cref="IsRevoked"/> to close long-lived connections whose token was revoked. An exception of a handler is
    /// logged.
    /// </summary>
    public event EventHandler? Changed;

    /// <summary>The number of entries. An entry that is over may be counted for up to a minute.</summary>
    public int Count => _entries.Count;

    /// <summary>A snapshot of the entries that <see cref="Count"/> counts. Every call copies them.</summary>
    public IReadOnlyCollection<Revocation> Entries => _entries.ToArray();

    /// <summary>The sources of entries from other services, with their state.</summary>
    public IReadOnlyList<RevocationSource> Sources => _sources;

    internal RevocationFollower? Follower { get; }

    /// <summary>A source that has not been loaded yet, so that the list is not complete; <see langword="null"/> if there is none.</summary>
    internal RevocationSource? NotLoaded
    {
        get
        {
            foreach (RevocationSource source in _sources)
            {
                if (source.LastLoaded is null)
                    return source;
            }

            return null;
        }
    }

    /// <summary>A number that changes with every new entry.</summary>
    internal int Version => _entries.Version;

    /// <summary>Revokes a token by its id.</summary>
    /// <param name="payload">The payload of the token.</param>
    /// <exception cref="ArgumentNullException"><paramref name="payload"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">The token has no id (<c>jti</c>).</exception>
    public void Revoke(VerifiedPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        RevokeToken(
            payload.TokenId ?? throw new ApiJwtException("The token has no id (jti), and cannot be revoked alone. Call Policy.WriteTokenId in the class that issues tokens, or revoke all tokens of the subject with RevokeSubject."),
            payload.ExpiresAt);
    }

    /// <summary>Revokes a token by its id.</summary>
    /// <param name="tokenId">The id (<c>jti</c>), from <see cref="IssuedToken.TokenId"/> or <see cref="VerifiedPayload.TokenId"/>.</param>
    /// <param name="expiresAt">The expiry of the token. The entry is removed five minutes after that time.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tokenId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="tokenId"/> is empty, or has a lone surrogate.</exception>
    public void RevokeToken(string tokenId, DateTimeOffset expiresAt) => Revoke(Revocation.OfToken(tokenId, expiresAt));

    /// <summary>Revokes all tokens of a subject that were issued before a time. It logs the subject out of every service.</summary>
    /// <param name="subject">The subject (<c>sub</c>).</param>
    /// <param name="issuedBefore">The time; <see langword="null"/> for now.</param>
    /// <exception cref="ArgumentNullException"><paramref name="subject"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="subject"/> is empty, or has a lone surrogate.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="issuedBefore"/> is in the future.</exception>
    public void RevokeSubject(string subject, DateTimeOffset? issuedBefore = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        Revoke(Revocation.OfSubject(subject, NotInFuture(issuedBefore) ?? IssueTime.Include(_time.GetUtcNow(), [_entries.All, _entries.Find(subject)]), ExpiryOf(issuedBefore)));
    }

    /// <summary>Revokes the tokens of all subjects that were issued before a time.</summary>
    /// <param name="issuedBefore">The time; <see langword="null"/> for now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="issuedBefore"/> is in the future.</exception>
    public void RevokeAll(DateTimeOffset? issuedBefore = null) =>
        Revoke(Revocation.OfAll(NotInFuture(issuedBefore) ?? IssueTime.Include(_time.GetUtcNow(), _entries.ForMany), ExpiryOf(issuedBefore)));

    /// <summary>
    /// Adds a source of entries from other services. Until the first call of <see cref="RevocationSource.Load"/>, every token is refused as
    /// <see cref="TokenFailure.RevocationsUnavailable"/>.
    /// </summary>
    /// <param name="name">The name of the source in logs and health checks, such as <c>Redis</c>.</param>
    /// <param name="outdatedAfter">The time after which the last load is outdated; more than zero.</param>
    /// <returns>The source. The caller loads it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outdatedAfter"/> is zero or less.</exception>
    public RevocationSource AddSource(string name, TimeSpan outdatedAfter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(outdatedAfter, TimeSpan.Zero);
        var source = new RevocationSource(this, name, outdatedAfter, _time, _logger);
        lock (_addingSource)
            _sources = [.. _sources, source];
        return source;
    }

    /// <summary>
    /// Returns the list as a signed document for other services (<see cref="ApiJwtOptions.RevocationsUri"/>): a JWS of type
    /// <c>apijwt-revocations+jwt</c>, at most 8 MiB long, that expires after five minutes.
    /// </summary>
    /// <param name="cancellationToken">Cancels the signing.</param>
    /// <returns>The document in JWS Compact Serialization (RFC 7515, section 3.1).</returns>
    /// <exception cref="ApiJwtException">There is no private key, a source in <see cref="Sources"/> has not been loaded yet, or the list is too long.</exception>
    /// <exception cref="TokenSigningException">The <see cref="TokenSigner"/> failed, or returned an invalid signature.</exception>
    public ValueTask<string> ToDocumentAsync(CancellationToken cancellationToken = default) => _publisher.GetAsync(cancellationToken);

    /// <summary>Fetches the document at <see cref="ApiJwtOptions.RevocationsUri"/>. Does nothing if no address is set.</summary>
    /// <remarks>
    /// Decoding a token starts fetches in the background. Call this method when the service starts and at every
    /// <see cref="ApiJwtOptions.RevocationsRefreshInterval"/>, so that the list stays current while no tokens are decoded. The task does not
    /// fault if the fetch fails; <see cref="Sources"/> and the log have the reason.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the wait, not the fetch.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken = default) => Follower?.FetchAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Whether a token has been revoked. <see cref="ApiJwt.Decode"/> checks this for every token.</summary>
    /// <param name="payload">The payload of the token.</param>
    /// <returns><see langword="true"/> if the token has been revoked.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="payload"/> is <see langword="null"/>.</exception>
    public bool IsRevoked(VerifiedPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return _entries.Include(payload);
    }

    /// <summary>The failure of a token that is revoked or cannot be checked; <see langword="null"/> for other tokens.</summary>
    internal DecodeResult? Judge(VerifiedPayload payload) =>
        NotLoaded is not null ? DecodeResult.RevocationsUnavailable
        : IsRevoked(payload) ? DecodeResult.Revoked
        : null;

    /// <summary>Whether a new token of a subject is revoked at once if it has no <c>iat</c>.</summary>
    internal bool IncludesTokensWithoutIssuedAt(string subject) => _entries.All is not null || _entries.Find(subject) is not null;

    /// <summary>
    /// The <c>iat</c> of a token that is issued now. If tokens of the subject were revoked within the current second, it is a later
    /// second: rounded down, it would be before the revocation, and the new token would be refused.
    /// </summary>
    internal DateTimeOffset TimeOfIssue(string subject, DateTimeOffset now) => IssueTime.Of(now, _entries.All, _entries.Find(subject));

    /// <summary>Adds entries of other services.</summary>
    /// <returns>The number of entries that were ignored, because they would revoke tokens that have not been issued yet.</returns>
    internal int Add(IEnumerable<Revocation> revocations)
    {
        DateTimeOffset latest = _time.GetUtcNow() + OptionsCheck.LongestClockSkew;
        int ignored = 0;
        bool isChanged = false;
        // Read first, because a query of the application may throw halfway.
        foreach (Revocation revocation in revocations.ToArray())
        {
            if (revocation.IssuedBefore > latest)
                ignored++;
            else
                isChanged |= _entries.Put(revocation);
        }

        if (isChanged)
            RaiseChanged();
        return ignored;
    }

    private void Revoke(Revocation revocation)
    {
        bool isNew = _entries.Put(revocation);
        Log.Revoked(_logger, revocation.TokenId is not null ? "a token" : revocation.SubjectHash is not null ? "all tokens of a subject" : "all tokens", revocation.ExpiresAt);
        var args = new RevokedEventArgs(revocation);
        Exception? fault = Raise(Revoked, handler => handler(this, args));
        if (isNew)
            RaiseChanged();
        if (fault is not null)
            ExceptionDispatchInfo.Throw(fault);
    }

    // A handler of the application must not stop a loader, which may run on a thread without a caller.
    private void RaiseChanged()
    {
        if (Raise(Changed, handler => handler(this, EventArgs.Empty)) is { } fault)
            Log.ChangedHandlerFailed(_logger, fault);
    }

    /// <summary>Calls every handler of an event, even if one throws.</summary>
    /// <returns>The exception of the handler, or of the handlers, that threw; <see langword="null"/> if none did.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The caller decides what the exception of a handler means.")]
    private static Exception? Raise<THandler>(THandler? handlers, Action<THandler> call)
        where THandler : Delegate
    {
        List<Exception> faults = [];
        foreach (THandler handler in handlers?.GetInvocationList() ?? [])
        {
            try
            {
                call(handler);
            }
            catch (Exception exception)
            {
                faults.Add(exception);
            }
        }

        return faults.Count > 1 ? new AggregateException(faults) : faults.FirstOrDefault();
    }

    private DateTimeOffset? NotInFuture(DateTimeOffset? issuedBefore) => issuedBefore is null || issuedBefore <= _time.GetUtcNow()
        ? issuedBefore
        : throw new ArgumentOutOfRangeException(nameof(issuedBefore), "The time is in the future. Tokens can be revoked only after they were issued. Pass a time that is not in the future.");

    private DateTimeOffset ExpiryOf(DateTimeOffset? moment)
    {
        DateTimeOffset start = moment ?? _time.GetUtcNow();
        return start < DateTimeOffset.MaxValue - _longestLife ? start + _longestLife : DateTimeOffset.MaxValue;
    }
}
