using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ApiJwts;

/// <summary>A SHA-256, as a key that costs no allocation.</summary>
internal readonly record struct TokenDigest(ulong A, ulong B, ulong C, ulong D)
{
    public static TokenDigest Of(ReadOnlySpan<byte> token)
    {
        Span<TokenDigest> digest = stackalloc TokenDigest[1];
        SHA256.HashData(token, MemoryMarshal.AsBytes(digest));
        return digest[0];
    }
}
