namespace ApiJwts;

/// <summary>Validates token headers, and caches the last header that was accepted, because all tokens of one key have the same header.</summary>
/// <remarks>Thread-safe. The result depends only on the header, so the cached header may come from any sender.</remarks>
internal sealed class HeaderReader(TokenTypes types)
{
    private volatile AcceptedHeader? _last;

    /// <summary>Why the header is refused; <see langword="null"/> if it is accepted.</summary>
    /// <param name="encoded">The header in base64url.</param>
    /// <param name="buffer">A buffer for the decoded header.</param>
    /// <param name="keyId">The key id (<c>kid</c>); <see langword="null"/> if the header has none.</param>
    public DecodeResult? FindRefusal(ReadOnlySpan<byte> encoded, byte[] buffer, out string? keyId)
    {
        if (_last is { } last && encoded.SequenceEqual(last.Encoded))
        {
            keyId = last.KeyId;
            return null;
        }

        DecodeResult? refusal = TokenHeader.FindRefusal(buffer.AsSpan(0, CompactToken.Decode(encoded, buffer)), types, out keyId);
        if (refusal is null)
            _last = new AcceptedHeader(encoded.ToArray(), keyId);
        return refusal;
    }

    private sealed record AcceptedHeader(byte[] Encoded, string? KeyId);
}
