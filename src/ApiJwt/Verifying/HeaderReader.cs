namespace ApiJwts;

/// <summary>Judges the header of each token, and remembers the one it accepted last, because all tokens of one key have the same.</summary>
/// <remarks>Thread-safe. A verdict on a header depends on its text alone, so it does not matter who sent the header before.</remarks>
internal sealed class HeaderReader(TokenTypes types)
{
    private volatile AcceptedHeader? _last;

    /// <summary>The reason to refuse the token by its header alone; <see langword="null"/> if there is none.</summary>
    /// <param name="encoded">The header as it stands in the token.</param>
    /// <param name="buffer">Room for the decoded header.</param>
    /// <param name="keyId">The key id, if the header has one.</param>
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
