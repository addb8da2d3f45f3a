using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ApiJwts;

/// <summary>The SHA-256 of a token, as a cache key that needs no allocation.</summary>
internal readonly record struct TokenDigest(ulong A, ulong B, ulong C, ulong D)
{
    public static TokenDigest Of(ReadOnlySpan<byte> token)
    {
        Span<TokenDigest> digest = stackalloc TokenDigest[1];
        SHA256.HashData(token, MemoryMarshal.AsBytes(digest));
        return digest[0];
    }
}
