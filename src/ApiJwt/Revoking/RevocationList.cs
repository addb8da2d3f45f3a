using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ApiJwts;

/// <summary>The tokens that were withdrawn before they expired. <see cref="ApiJwt.Decode"/> refuses them as <see cref="TokenFailure.Revoked"/>.</summary>
/// <remarks>
/// <para>Thread-safe. A look-up takes no lock. An entry is forgotten when the last token that it could concern has expired; none can be
/// taken back. A withdrawal holds in this process at once. Others learn of it through <see cref="ApiJwtOptions.RevocationsUri"/>, or
/// through a store such as that of the package <c>ApiJwt.Redis</c>.</para>
/// <para>A token can be withdrawn by its id only if it has one (<see cref="PayloadPolicy.WriteTokenId"/>). A token that does not say when
/// it was issued (<see cref="PayloadPolicy.WriteIssuedAt"/>) counts as issued before every moment.</para>
/// </remarks>
public sealed class RevocationList
{
    /// <summary>What <c>iat</c> is rounded to: a token that is issued in the second of a withdrawal says that it was issued before it.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);

    /// <summary>How far in the future a token can say that it was issued: two seconds after two withdrawals in one second.</summary>
    internal static readonly TimeSpan LongestLead = 2 * Resolution;

    // What clocks may differ by, as for ApiJwtOptions.ClockSkew.
    private static readonly TimeSpan LargestClockDifference = OptionsCheck.LongestClockSkew;

    private static readonly TimeSpan BetweenClearings = TimeSpan.FromMinutes(1);

    // When each token expires, by its id. There may be a million of them, so that an entry holds no more.
    private readonly Lazy<ConcurrentDictionary<string, DateTimeOffset>> _tokens = new(() => new(StringComparer.Ordinal));
    private readonly ConcurrentDictionary<string, Revocation> _subjects = new(StringComparer.Ordinal);
    private readonly object _adding = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _longestLife;
    private readonly ILogger _logger;
    private readonly RevocationPublisher _publisher;
    private volatile RevocationSource[] _sources = [];
    private volatile Revocation? _all;
    private volatile bool _hasTokens;
    private volatile bool _hasSubjects;
    private long _lastClearing;

    internal RevocationList(ApiJwtOptions options, KeyRing keys, ILogger logger)
    {
        _time = options.TimeProvider;
        _longestLife = options.MaxTimeToLive;
        _logger = logger;
        _lastClearing = _time.GetTimestamp();
        _publisher = new RevocationPublisher(keys, this, options);
        Follower = options.RevocationsUri is { } address ? new RevocationFollower(address, options, keys, this) : null;
    }

    /// <summary>Raised when a call withdrew something, after it holds here; not for what <see cref="RevocationSource.Load"/> brings. For those who share it with others.</summary>
    public event EventHandler<RevokedEventArgs>? Revoked;

    /// <summary>
    /// Raised after new entries were added, by a call or by <see cref="RevocationSource.Load"/>, on the thread that added them. Use it with
    /// <see cref="IsRevoked"/> for callers that stay connected for longer than one request.
    /// </summary>
    public event EventHandler? Changed;

    /// <summary>How many withdrawals are in force.</summary>
    public int Count
    {
        get
        {
            Clear();
            return (_tokens.IsValueCreated ? _tokens.Value.Count : 0) + _subjects.Count + (_all is null ? 0 : 1);
        }
    }

    /// <summary>The withdrawals in force, as they are at the call.</summary>
    public IReadOnlyCollection<Revocation> Entries
    {
        get
        {
            Clear();
            return [.. _tokens.IsValueCreated ? _tokens.Value.Select(token => Revocation.OfToken(token.Key, token.Value)) : [], .. _subjects.Values, .. _all is { } all ? (Revocation[])[all] : []];
        }
    }

    /// <summary>Where withdrawals of others come from, and how fresh they are.</summary>
    public IReadOnlyList<RevocationSource> Sources => _sources;

    internal RevocationFollower? Follower { get; }

    /// <summary>Changes with every entry that is new.</summary>
    internal int Version { get; private set; }

    /// <summary>Withdraws a token, by its id.</summary>
    /// <param name="payload">The payload of the token.</param>
    /// <exception cref="ArgumentNullException"><paramref name="payload"/> is <see langword="null"/>.</exception>
    /// <exception cref="ApiJwtException">The token has no id (<c>jti</c>).</exception>
    public void Revoke(VerifiedPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        RevokeToken(
            payload.TokenId ?? throw new ApiJwtException("The token has no id (jti), and cannot be withdrawn alone. Call Policy.WriteTokenId in the class that issues tokens, or withdraw all of the subject's with RevokeSubject."),
            payload.ExpiresAt);
    }

    /// <summary>Withdraws a token.</summary>
    /// <param name="tokenId">Its id (<c>jti</c>), as <see cref="IssuedToken.TokenId"/> and <see cref="VerifiedPayload.TokenId"/> show it.</param>
    /// <param name="expiresAt">When it expires: the entry is kept until then.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tokenId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="tokenId"/> is empty.</exception>
    public void RevokeToken(string tokenId, DateTimeOffset expiresAt) => Revoke(Revocation.OfToken(tokenId, expiresAt));

    /// <summary>Withdraws every token that a subject was issued before a moment: logs the subject out everywhere.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="issuedBefore">The moment; now by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="subject"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="subject"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The moment is still to come.</exception>
    public void RevokeSubject(string subject, DateTimeOffset? issuedBefore = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        Revoke(Revocation.OfSubject(subject, NotInFuture(issuedBefore) ?? Now([_all, _subjects.GetValueOrDefault(Revocation.HashOf(subject))]), Forgettable(issuedBefore)));
    }

    /// <summary>Withdraws every token, of whatever subject, that was issued before a moment.</summary>
    /// <param name="issuedBefore">The moment; now by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The moment is still to come.</exception>
    public void RevokeAll(DateTimeOffset? issuedBefore = null) =>
        Revoke(Revocation.OfAll(NotInFuture(issuedBefore) ?? Now([_all, .. _subjects.Values]), Forgettable(issuedBefore)));

    /// <summary>
    /// Names a place that withdrawals of others are loaded from. Until <see cref="RevocationSource.Load"/> is called for the first time, every
    /// token is refused as <see cref="TokenFailure.RevocationsUnavailable"/>.
    /// </summary>
    /// <param name="name">What logs and health checks call it, such as <c>Redis</c>.</param>
    /// <param name="outdatedAfter">How long after a load the entries count as outdated; longer than zero.</param>
    /// <returns>The source, to be loaded by the caller.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outdatedAfter"/> is zero or less.</exception>
    public RevocationSource AddSource(string name, TimeSpan outdatedAfter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(outdatedAfter, TimeSpan.Zero);
        var source = new RevocationSource(this, name, outdatedAfter, _time, _logger);
        lock (_adding)
            _sources = [.. _sources, source];
        return source;
    }

    /// <summary>
    /// The list as a signed document, for <see cref="ApiJwtOptions.RevocationsUri"/> of other services: a JWS in compact form with the type
    /// <c>apijwt-revocations+jwt</c>, at most 8 MiB long and good for five minutes.
    /// </summary>
    /// <param name="cancellationToken">Cancels the signing.</param>
    /// <returns>The document in JWS Compact Serialization (RFC 7515, section 3.1).</returns>
    /// <exception cref="ApiJwtException">There is no private key, or the list is too long.</exception>
    /// <exception cref="TokenSigningException">The signer gave no signature that could be used.</exception>
    public ValueTask<string> ToDocumentAsync(CancellationToken cancellationToken = default) => _publisher.GetAsync(cancellationToken);

    /// <summary>Fetches the document at <see cref="ApiJwtOptions.RevocationsUri"/>, and ends when it has been fetched or could not be. Does nothing without an address.</summary>
    /// <remarks>
    /// Decoding fetches by itself, in the background. Call this when the service starts, and every
    /// <see cref="ApiJwtOptions.RevocationsRefreshInterval"/>, so that the list is fresh when no token comes for a while. A failure is in
    /// <see cref="Sources"/> and in the log.
    /// </remarks>
    /// <param name="cancellationToken">Ends the waiting, not the fetch.</param>
    public Task RefreshAsync(CancellationToken cancellationToken = default) => Follower?.FetchAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Whether a token that was valid has been withdrawn since. <see cref="ApiJwt.Decode"/> checks this for every token.</summary>
    /// <param name="payload">The payload of the token.</param>
    /// <returns>Whether the token was withdrawn.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="payload"/> is <see langword="null"/>.</exception>
    public bool IsRevoked(VerifiedPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return (_hasTokens && payload.TokenId is { } tokenId && _tokens.Value.ContainsKey(tokenId))
            || (_hasSubjects && _subjects.TryGetValue(payload.SubjectHash, out Revocation? withdrawn) && IsIssuedBefore(withdrawn, payload.IssuedAt))
            || IsIssuedBefore(_all, payload.IssuedAt);
    }

    /// <summary>Why a valid token is refused; <see langword="null"/> if it is not.</summary>
    internal DecodeResult? Judge(VerifiedPayload payload)
    {
        foreach (RevocationSource source in _sources)
        {
            if (source.LastLoaded is null)
                return DecodeResult.RevocationsUnavailable;
        }

        return IsRevoked(payload) ? DecodeResult.Revoked : null;
    }

    /// <summary>
    /// What a token that is issued now says of when it was issued. In the second of a withdrawal it is the next second: rounded down, it
    /// would be one of those that were withdrawn.
    /// </summary>
    internal DateTimeOffset TimeOfIssue(string subject, DateTimeOffset now)
    {
        DateTimeOffset second = SecondOf(now);
        DateTimeOffset last = second + LongestLead;
        Revocation? withdrawn = _hasSubjects ? _subjects.GetValueOrDefault(Revocation.HashOf(subject)) : null;
        while (second < last && (IsIssuedBefore(_all, second) || IsIssuedBefore(withdrawn, second)))
            second += Resolution;
        return second;
    }

    /// <summary>Takes in what others withdrew.</summary>
    /// <returns>How many entries were left out, because they would withdraw tokens that are still to be issued.</returns>
    internal int Add(IEnumerable<Revocation> revocations)
    {
        DateTimeOffset latest = _time.GetUtcNow() + LargestClockDifference;
        int leftOut = 0;
        bool isChanged = false;
        foreach (Revocation revocation in revocations)
        {
            if (revocation.IssuedBefore > latest)
                leftOut++;
            else
                isChanged |= Put(revocation);
        }

        Clear();
        if (isChanged)
            Changed?.Invoke(this, EventArgs.Empty);
        return leftOut;
    }

    private static bool IsIssuedBefore(Revocation? revocation, DateTimeOffset? issuedAt) =>
        revocation is not null && (issuedAt is null || issuedAt < revocation.IssuedBefore);

    private void Revoke(Revocation revocation)
    {
        Put(revocation);
        Clear();
        Log.Revoked(_logger, revocation.TokenId is not null ? "a token" : revocation.SubjectHash is not null ? "all tokens of a subject" : "all tokens", revocation.ExpiresAt);
        Revoked?.Invoke(this, new RevokedEventArgs(revocation));
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Whether that changed anything.</summary>
    private bool Put(Revocation revocation)
    {
        lock (_adding)
        {
            bool isNew = !IsOver(revocation.ExpiresAt, _time.GetUtcNow())
                && (revocation.TokenId is { } tokenId ? PutToken(tokenId, revocation.ExpiresAt) : PutForMany(revocation));
            if (!isNew)
                return false;
            _hasTokens |= revocation.TokenId is not null;
            _hasSubjects |= revocation.SubjectHash is not null;
            Version++;
            return true;
        }
    }

    private bool PutToken(string tokenId, DateTimeOffset expiresAt)
    {
        // An earlier withdrawal with a wrong expiry must not shorten this one.
        if (_tokens.Value.TryGetValue(tokenId, out DateTimeOffset known) && known >= expiresAt)
            return false;
        _tokens.Value[tokenId] = expiresAt;
        return true;
    }

    private bool PutForMany(Revocation revocation)
    {
        Revocation? known = revocation.SubjectHash is { } subject ? _subjects.GetValueOrDefault(subject) : _all;
        if (known?.Covers(revocation) == true)
            return false;
        Revocation changed = known?.With(revocation) ?? revocation;
        if (changed.SubjectHash is not null)
            _subjects[changed.SubjectHash] = changed;
        else
            _all = changed;
        return true;
    }

    /// <summary>Forgets what concerns no token any more, once a minute at most.</summary>
    private void Clear()
    {
        lock (_adding)
        {
            if (_time.GetElapsedTime(_lastClearing) < BetweenClearings)
                return;
            _lastClearing = _time.GetTimestamp();
            DateTimeOffset now = _time.GetUtcNow();
            if (_tokens.IsValueCreated)
            {
                foreach ((string tokenId, DateTimeOffset _) in _tokens.Value.Where(token => IsOver(token.Value, now)))
                    _tokens.Value.TryRemove(tokenId, out _);
            }

            foreach ((string subject, Revocation _) in _subjects.Where(entry => IsOver(entry.Value.ExpiresAt, now)))
                _subjects.TryRemove(subject, out _);
            if (_all is { } all && IsOver(all.ExpiresAt, now))
                _all = null;
        }
    }

    /// <summary>
    /// A service with a clock skew accepts a token after its expiry, so that the entry is kept for longer. A difference, because a moment at the end
    /// of the year 9999 has no room for a skew.
    /// </summary>
    private static bool IsOver(DateTimeOffset expiresAt, DateTimeOffset now) => now - expiresAt >= LargestClockDifference;

    private static DateTimeOffset SecondOf(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());

    /// <summary>The moment of a withdrawal. If there was one in this second, tokens that were issued after it name the next second, and are withdrawn too.</summary>
    private DateTimeOffset Now(IEnumerable<Revocation?> earlier)
    {
        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset second = SecondOf(now);
        return earlier.Any(entry => entry?.IssuedBefore >= second && entry.IssuedBefore <= now) ? second + Resolution + TimeSpan.FromMilliseconds(1) : now;
    }

    private DateTimeOffset? NotInFuture(DateTimeOffset? issuedBefore) => issuedBefore is null || issuedBefore <= _time.GetUtcNow()
        ? issuedBefore
        : throw new ArgumentOutOfRangeException(nameof(issuedBefore), "The moment is still to come. Tokens that are not issued yet cannot be withdrawn: name a moment that has passed.");

    private DateTimeOffset Forgettable(DateTimeOffset? moment)
    {
        DateTimeOffset start = moment ?? _time.GetUtcNow();
        return start < DateTimeOffset.MaxValue - _longestLife ? start + _longestLife : DateTimeOffset.MaxValue;
    }
}
