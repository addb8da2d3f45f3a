using System.Buffers;
using System.Buffers.Text;

namespace ApiJwts;

/// <summary>
/// The three parts of a token in JWS Compact Serialization (RFC 7515, section 3.1), known to be canonical: of all texts that
/// decode to the same bytes only one gets this far, so that deny-lists and caches can go by the text.
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

    // In the order of the values (RFC 4648, section 5).
    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8;

    public ReadOnlySpan<byte> Header { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>The length of what was signed: the first two parts and the dot between them.</summary>
    public int SigningInputLength => Header.Length + 1 + Payload.Length;

    public int Length => SigningInputLength + 1 + Signature.Length;

    public static bool TryParse(ReadOnlySpan<byte> token, out CompactToken parts)
    {
        parts = default;
        int first = token.IndexOf((byte)'.');
        int last = token.LastIndexOf((byte)'.');
        if (first == last)
            return false;
        // A third dot would stand in the middle part, and is not in the alphabet.
        parts = new CompactToken(token[..first], token[(first + 1)..last], token[(last + 1)..]);
        return IsCanonical(parts.Header) && IsCanonical(parts.Payload) && IsCanonical(parts.Signature);
    }

    /// <summary>Decodes a part, which <see cref="TryParse"/> has found canonical.</summary>
    public static int Decode(ReadOnlySpan<byte> part, Span<byte> destination) => Base64Url.DecodeFromUtf8(part, destination);

    public static int DecodedLength(ReadOnlySpan<byte> part) => (int)(part.Length * 3L / 4);

    private static bool IsCanonical(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty || part.ContainsAnyExcept(Characters))
            return false;
        // The last character of a part may carry two or four bits that belong to no byte. They must be zero.
        return (part.Length % 4) switch
        {
            0 => true,
            2 => (Alphabet.IndexOf(part[^1]) & 0b1111) == 0,
            3 => (Alphabet.IndexOf(part[^1]) & 0b0011) == 0,
            _ => false,
        };
    }
}
