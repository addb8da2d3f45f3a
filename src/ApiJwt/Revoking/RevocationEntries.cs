using System.Collections.Concurrent;

namespace ApiJwts;

/// <summary>The entries of a <see cref="RevocationList"/>. It removes each entry when the last token that the entry revokes has expired.</summary>
/// <remarks>Thread-safe. Lookups take no lock.</remarks>
internal sealed class RevocationEntries(TimeProvider time)
{
    private static readonly TimeSpan RemovalInterval = TimeSpan.FromMinutes(1);

    private readonly object _changing = new();
    // Token id to expiry. It has no Revocation objects, because there may be a million entries. Both dictionaries are null until the first entry,
    // so that a service without revocations does not pay for a lookup.
    private volatile ConcurrentDictionary<string, DateTimeOffset>? _tokens;
    private volatile ConcurrentDictionary<string, Revocation>? _subjects;
    private volatile Revocation? _all;
    private long _lastRemoval = time.GetTimestamp();

    public int Count
    {
        get
        {
            RemoveExpired();
            return (_tokens?.Count ?? 0) + (_subjects?.Count ?? 0) + (_all is null ? 0 : 1);
        }
    }

    /// <summary>A number that changes with every new entry.</summary>
    public int Version { get; private set; }

    /// <summary>The entry for the tokens of all subjects; <see langword="null"/> if there is none.</summary>
    public Revocation? All => InForce(_all);

    /// <summary>The entries that revoke the tokens issued before a time.</summary>
    public IEnumerable<Revocation> ForMany =>
        (_subjects?.Select(entry => entry.Value) ?? []).Concat(_all is { } all ? [all] : []);

    /// <summary>The entry for the tokens of a subject; <see langword="null"/> if there is none.</summary>
    public Revocation? Find(string subject) => InForce(_subjects?.GetValueOrDefault(Revocation.HashOf(subject)));

    public bool Include(VerifiedPayload payload) =>
        (_tokens is { } tokens && payload.TokenId is { } tokenId && tokens.ContainsKey(tokenId))
        || (_subjects is { } subjects && subjects.TryGetValue(payload.SubjectHash, out Revocation? ofSubject) && Includes(ofSubject, payload))
        || (_all is { } all && Includes(all, payload));

    public Revocation[] ToArray()
    {
        RemoveExpired();
        return [.. _tokens?.Select(token => Revocation.OfToken(token.Key, token.Value)) ?? [], .. ForMany];
    }

    /// <summary>Adds an entry, and returns whether the entries changed.</summary>
    public bool Put(Revocation revocation)
    {
        lock (_changing)
        {
            RemoveExpired();
            bool isNew = !IsOver(revocation.ExpiresAt, time.GetUtcNow())
                && (revocation.TokenId is { } tokenId ? PutToken(tokenId, revocation.ExpiresAt) : PutForMany(revocation));
            if (isNew)
                Version++;
            return isNew;
        }
    }

    private bool PutToken(string tokenId, DateTimeOffset expiresAt)
    {
        // An entry with a wrong, earlier expiry must not shorten a revocation.
        if (_tokens?.TryGetValue(tokenId, out DateTimeOffset known) == true && known >= expiresAt)
            return false;
        (_tokens ??= new(StringComparer.Ordinal))[tokenId] = expiresAt;
        return true;
    }

    private bool PutForMany(Revocation revocation)
    {
        Revocation? known = revocation.SubjectHash is { } subject ? _subjects?.GetValueOrDefault(subject) : _all;
        if (known?.Covers(revocation) == true)
            return false;
        Revocation changed = known?.MergedWith(revocation) ?? revocation;
        if (changed.SubjectHash is not null)
            (_subjects ??= new(StringComparer.Ordinal))[changed.SubjectHash] = changed;
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
            foreach ((string tokenId, DateTimeOffset _) in _tokens?.Where(token => IsOver(token.Value, now)) ?? [])
                _tokens!.TryRemove(tokenId, out _);
            foreach ((string subject, Revocation _) in _subjects?.Where(entry => IsOver(entry.Value.ExpiresAt, now)) ?? [])
                _subjects!.TryRemove(subject, out _);
            if (_all is { } all && IsOver(all.ExpiresAt, now))
                _all = null;
        }
    }

    private bool Includes(Revocation revocation, VerifiedPayload payload) =>
        revocation.IncludesIssuedAt(payload.IssuedAt) && InForce(revocation) is not null;

    // An entry may be removed up to a minute after its end, or later if the list does not change.
    private Revocation? InForce(Revocation? revocation) =>
        revocation is not null && !IsOver(revocation.ExpiresAt, time.GetUtcNow()) ? revocation : null;

    /// <summary>
    /// Whether all tokens of an entry have expired, even for a service with the largest clock skew. Comparing a difference avoids an overflow at
    /// the end of the year 9999.
    /// </summary>
    private static bool IsOver(DateTimeOffset expiresAt, DateTimeOffset now) => now - expiresAt >= OptionsCheck.LongestClockSkew;
}
