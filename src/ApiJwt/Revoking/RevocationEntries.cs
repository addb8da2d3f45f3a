using System.Collections.Concurrent;

namespace ApiJwts;

/// <summary>The entries of a <see cref="RevocationList"/>. It removes each entry when the last token that the entry withdraws has expired.</summary>
/// <remarks>Thread-safe. Lookups take no lock.</remarks>
internal sealed class RevocationEntries(TimeProvider time)
{
    private static readonly TimeSpan RemovalInterval = TimeSpan.FromMinutes(1);

    // Token id to expiry. It has no Revocation objects, because there may be a million entries.
    private readonly Lazy<ConcurrentDictionary<string, DateTimeOffset>> _tokens = new(() => new(StringComparer.Ordinal));
    private readonly ConcurrentDictionary<string, Revocation> _subjects = new(StringComparer.Ordinal);
    private readonly object _changing = new();
    private volatile Revocation? _all;
    private volatile bool _hasTokens;
    private volatile bool _hasSubjects;
    private long _lastRemoval = time.GetTimestamp();

    public int Count
    {
        get
        {
            RemoveExpired();
            return (_tokens.IsValueCreated ? _tokens.Value.Count : 0) + _subjects.Count + (_all is null ? 0 : 1);
        }
    }

    /// <summary>A number that changes with every new entry.</summary>
    public int Version { get; private set; }

    /// <summary>The entry for the tokens of all subjects; <see langword="null"/> if there is none.</summary>
    public Revocation? All => _all;

    /// <summary>The entries that withdraw the tokens issued before a time.</summary>
    public IEnumerable<Revocation> ForMany => _all is { } all ? _subjects.Values.Append(all) : _subjects.Values;

    /// <summary>The entry for the tokens of a subject; <see langword="null"/> if there is none.</summary>
    public Revocation? Find(string subject) => _hasSubjects ? _subjects.GetValueOrDefault(Revocation.HashOf(subject)) : null;

    public bool Include(VerifiedPayload payload) =>
        (_hasTokens && payload.TokenId is { } tokenId && _tokens.Value.ContainsKey(tokenId))
        || (_hasSubjects && _subjects.TryGetValue(payload.SubjectHash, out Revocation? withdrawn) && withdrawn.IncludesIssuedAt(payload.IssuedAt))
        || _all?.IncludesIssuedAt(payload.IssuedAt) == true;

    public Revocation[] ToArray()
    {
        RemoveExpired();
        return [.. _tokens.IsValueCreated ? _tokens.Value.Select(token => Revocation.OfToken(token.Key, token.Value)) : [], .. ForMany];
    }

    /// <summary>Adds an entry, and returns whether the entries changed.</summary>
    public bool Put(Revocation revocation)
    {
        lock (_changing)
        {
            RemoveExpired();
            bool isNew = !IsOver(revocation.ExpiresAt, time.GetUtcNow())
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
        // An entry with a wrong, earlier expiry must not shorten a withdrawal.
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
        Revocation changed = known?.MergedWith(revocation) ?? revocation;
        if (changed.SubjectHash is not null)
            _subjects[changed.SubjectHash] = changed;
        else
            _all = changed;
        return true;
    }

    /// <summary>Removes expired entries, at most once a minute.</summary>
    private void RemoveExpired()
    {
        lock (_changing)
        {
            if (time.GetElapsedTime(_lastRemoval) < RemovalInterval)
                return;
            _lastRemoval = time.GetTimestamp();
            DateTimeOffset now = time.GetUtcNow();
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
    /// Whether all tokens of an entry have expired, even for a service with the largest clock skew. Comparing a difference avoids an overflow at
    /// the end of the year 9999.
    /// </summary>
    private static bool IsOver(DateTimeOffset expiresAt, DateTimeOffset now) => now - expiresAt >= OptionsCheck.LongestClockSkew;
}
