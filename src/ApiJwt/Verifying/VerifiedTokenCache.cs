using BitFaster.Caching.Lru;

namespace ApiJwts;

/// <summary>Remembers tokens whose signature and claims were found good. Whether one is valid now is asked of the clock each time.</summary>
/// <remarks>Keyed by the SHA-256 of the whole token, so that no token is kept and none can be mistaken for another.</remarks>
internal sealed class VerifiedTokenCache(int capacity)
{
    // The least that the library's three queues work with.
    private const int SmallestCapacity = 3;

    private readonly FastConcurrentLru<TokenDigest, DecodeResult> _verified = new(Math.Max(capacity, SmallestCapacity));

    public DecodeResult? Find(TokenDigest digest) => _verified.TryGet(digest, out DecodeResult? result) ? result : null;

    public void Add(TokenDigest digest, DecodeResult result) => _verified.AddOrUpdate(digest, result);
}
