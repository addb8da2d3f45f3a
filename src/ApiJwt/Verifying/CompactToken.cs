using System.Buffers;
using System.Buffers.Text;

namespace ApiJwts;

/// <summary>
/// The three parts of a token in JWS Compact Serialization (RFC 7515, section 3.1), in canonical base64url. Other encodings of the same
/// bytes are rejected, so that deny lists and caches can compare tokens as text.
/// </summary>
internal readonly ref struct CompactToken
{
    private static readonly SearchValues<byte> Characters = SearchValues.Create(Alphabet);

    private CompactToken(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        Header = header;
        Payload = payload;
        Signature = signature;
    }

    // The position of a character is its value (RFC 4648, section 5).
    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8;

    public ReadOnlySpan<byte> Header { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>The length of the JWS signing input: header, dot and payload.</summary>
    public int SigningInputLength => Header.Length + 1 + Payload.Length;

    public static bool TryParse(ReadOnlySpan<byte> token, out CompactToken parts)
    {
        parts = default;
        int first = token.IndexOf((byte)'.');
        int last = token.LastIndexOf((byte)'.');
        if (first == last)
            return false;
        // IsCanonical rejects further dots, which end up in the payload part.
        parts = new CompactToken(token[..first], token[(first + 1)..last], token[(last + 1)..]);
        return IsCanonical(parts.Header) && IsCanonical(parts.Payload) && IsCanonical(parts.Signature);
    }

    /// <summary>Decodes a part of a token that <see cref="TryParse"/> returned.</summary>
    public static int Decode(ReadOnlySpan<byte> part, Span<byte> destination) => Base64Url.DecodeFromUtf8(part, destination);

    public static int DecodedLength(ReadOnlySpan<byte> part) => (int)(part.Length * 3L / 4);

    private static bool IsCanonical(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty || part.ContainsAnyExcept(Characters))
            return false;
        // The last character may have two or four unused bits. They must be zero (RFC 4648, section 3.5).
        return (part.Length % 4) switch
        {
            0 => true,
            2 => (Alphabet.IndexOf(part[^1]) & 0b1111) == 0,
            3 => (Alphabet.IndexOf(part[^1]) & 0b0011) == 0,
            _ => false,
        };
    }
}
