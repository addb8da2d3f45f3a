using BitFaster.Caching.Lru;

namespace ApiJwts;

/// <summary>Caches tokens whose signature and claims were verified. The caller checks times and revocations at every decode.</summary>
/// <remarks>The cache key is the SHA-256 of the whole token, so that the cache does not keep tokens and cannot confuse two of them.</remarks>
internal sealed class VerifiedTokenCache(int capacity)
{
    // BitFaster.Caching divides the capacity among three queues, and throws below 3.
    private const int SmallestCapacity = 3;

    private readonly FastConcurrentLru<TokenDigest, DecodeResult> _verified = new(Math.Max(capacity, SmallestCapacity));

    public DecodeResult? Find(TokenDigest digest) => _verified.TryGet(digest, out DecodeResult? result) ? result : null;

    public void Add(TokenDigest digest, DecodeResult result) => _verified.AddOrUpdate(digest, result);
}
