using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ApiJwts;

/// <summary>One withdrawal: of a token, of every token that a subject was issued before a moment, or of every token issued before a moment.</summary>
/// <remarks>
/// Immutable and thread-safe. Use it to share a <see cref="RevocationList"/> between services by means of your own. An entry contains the hash
/// of a subject and not the subject, because lists are published and stored, and subjects are often e-mail addresses. A reader can still
/// compare the hash with that of a guessed subject.
/// </remarks>
public sealed record Revocation
{
    private const int HashLength = 43;

    private Revocation()
    {
    }

    /// <summary>The id (<c>jti</c>) of the token that is withdrawn; <see langword="null"/> if others are.</summary>
    public string? TokenId { get; private init; }

    /// <summary>The SHA-256 of the subject whose tokens are withdrawn, in base64url; <see langword="null"/> if a token or everybody's tokens are.</summary>
    public string? SubjectHash { get; private init; }

    /// <summary>Tokens issued before this moment are withdrawn, and those that do not say when they were issued; <see langword="null"/> for a single token.</summary>
    public DateTimeOffset? IssuedBefore { get; private init; }

    /// <summary>When the last token that this concerns has expired, so that it can be forgotten.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>Withdraws one token.</summary>
    /// <param name="tokenId">Its id (<c>jti</c>).</param>
    /// <param name="expiresAt">When it expires.</param>
    public static Revocation OfToken(string tokenId, DateTimeOffset expiresAt)
    {
        ThrowIfUnusable(tokenId, nameof(tokenId));
        return new Revocation { TokenId = tokenId, ExpiresAt = expiresAt };
    }

    /// <summary>Withdraws the tokens that a subject was issued before a moment.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="issuedBefore">The moment.</param>
    /// <param name="expiresAt">When the last of them expires.</param>
    public static Revocation OfSubject(string subject, DateTimeOffset issuedBefore, DateTimeOffset expiresAt)
    {
        ThrowIfUnusable(subject, nameof(subject));
        return OfSubjectHash(HashOf(subject), issuedBefore, expiresAt);
    }

    /// <summary>Withdraws the tokens that a subject was issued before a moment, from an entry that was stored.</summary>
    /// <param name="subjectHash">The <see cref="SubjectHash"/> of the entry.</param>
    /// <param name="issuedBefore">The moment.</param>
    /// <param name="expiresAt">When the last of them expires.</param>
    /// <exception cref="ArgumentException">It is not a SHA-256 in base64url.</exception>
    public static Revocation OfSubjectHash(string subjectHash, DateTimeOffset issuedBefore, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(subjectHash);
        if (subjectHash.Length != HashLength || !Base64Url.IsValid(subjectHash))
            throw new ArgumentException("The hash of a subject must be a SHA-256 in base64url (43 characters). Pass Revocation.SubjectHash of the stored entry.", nameof(subjectHash));
        return new Revocation { SubjectHash = subjectHash, IssuedBefore = issuedBefore, ExpiresAt = expiresAt };
    }

    /// <summary>Withdraws all tokens issued before a moment.</summary>
    /// <param name="issuedBefore">The moment.</param>
    /// <param name="expiresAt">When the last of them expires.</param>
    public static Revocation OfAll(DateTimeOffset issuedBefore, DateTimeOffset expiresAt) =>
        new() { IssuedBefore = issuedBefore, ExpiresAt = expiresAt };

    internal static string HashOf(string subject) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));

    // No token has such a text, and the list could not be written as JSON.
    private static void ThrowIfUnusable(string text, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, parameter);
        if (!UnicodeText.IsWellFormed(text))
            throw new ArgumentException($"The text {UnicodeText.LoneSurrogateFault}, which no token can contain. Pass the id or the subject as it is in the token.", parameter);
    }

    /// <summary>Whether this withdraws everything that another one does, and for as long.</summary>
    internal bool Covers(Revocation other) => IssuedBefore >= other.IssuedBefore && ExpiresAt >= other.ExpiresAt;

    /// <summary>What both withdraw together. Both are for the same subject, or both for everybody.</summary>
    internal Revocation With(Revocation other) => this with
    {
        IssuedBefore = IssuedBefore > other.IssuedBefore ? IssuedBefore : other.IssuedBefore,
        ExpiresAt = ExpiresAt > other.ExpiresAt ? ExpiresAt : other.ExpiresAt,
    };
}
