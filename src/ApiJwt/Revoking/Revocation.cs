using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ApiJwts;

/// <summary>An entry of a <see cref="RevocationList"/>. It revokes one token, the tokens of a subject issued before a time, or all tokens issued before a time.</summary>
/// <remarks>
/// Immutable and thread-safe. Use it to share a <see cref="RevocationList"/> between services through your own store. An entry contains the
/// hash of a subject instead of the subject, because lists are published and stored, and subjects are often e-mail addresses. The hash does
/// not hide a subject that a reader can guess.
/// </remarks>
public sealed record Revocation
{
    private const int HashLength = 43;

    private Revocation()
    {
    }

    /// <summary>The id (<c>jti</c>) of the revoked token; <see langword="null"/> if the entry revokes the tokens of a subject, or all tokens.</summary>
    public string? TokenId { get; private init; }

    /// <summary>The SHA-256 of the subject whose tokens are revoked, in base64url; <see langword="null"/> if the entry revokes one token, or all tokens.</summary>
    public string? SubjectHash { get; private init; }

    /// <summary>The time before which the revoked tokens were issued; <see langword="null"/> if the entry revokes one token. Tokens without <c>iat</c> are revoked too.</summary>
    public DateTimeOffset? IssuedBefore { get; private init; }

    /// <summary>The expiry of the last token that the entry revokes. The entry is not needed after that time.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>Creates an entry that revokes one token.</summary>
    /// <param name="tokenId">The id (<c>jti</c>) of the token.</param>
    /// <param name="expiresAt">The expiry of the token.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tokenId"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="tokenId"/> is empty, or has a lone surrogate.</exception>
    public static Revocation OfToken(string tokenId, DateTimeOffset expiresAt)
    {
        ThrowIfUnusable(tokenId, nameof(tokenId));
        return new Revocation { TokenId = tokenId, ExpiresAt = expiresAt };
    }

    /// <summary>Creates an entry that revokes the tokens of a subject issued before a time.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="issuedBefore">The time.</param>
    /// <param name="expiresAt">The expiry of the last of these tokens.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subject"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="subject"/> is empty, or has a lone surrogate.</exception>
    public static Revocation OfSubject(string subject, DateTimeOffset issuedBefore, DateTimeOffset expiresAt)
    {
        ThrowIfUnusable(subject, nameof(subject));
        return OfSubjectHash(HashOf(subject), issuedBefore, expiresAt);
    }

    /// <summary>Recreates a stored entry that revokes the tokens of a subject issued before a time.</summary>
    /// <param name="subjectHash">The <see cref="SubjectHash"/> of the stored entry.</param>
    /// <param name="issuedBefore">The time.</param>
    /// <param name="expiresAt">The expiry of the last of these tokens.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subjectHash"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="subjectHash"/> is not a SHA-256 in base64url.</exception>
    public static Revocation OfSubjectHash(string subjectHash, DateTimeOffset issuedBefore, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(subjectHash);
        if (subjectHash.Length != HashLength || !Base64Url.IsValid(subjectHash))
            throw new ArgumentException("The hash of a subject must be a SHA-256 in base64url (43 characters). Pass Revocation.SubjectHash of the stored entry.", nameof(subjectHash));
        return new Revocation { SubjectHash = subjectHash, IssuedBefore = issuedBefore, ExpiresAt = expiresAt };
    }

    /// <summary>Creates an entry that revokes all tokens issued before a time.</summary>
    /// <param name="issuedBefore">The time.</param>
    /// <param name="expiresAt">The expiry of the last of these tokens.</param>
    /// <returns>The entry.</returns>
    public static Revocation OfAll(DateTimeOffset issuedBefore, DateTimeOffset expiresAt) =>
        new() { IssuedBefore = issuedBefore, ExpiresAt = expiresAt };

    internal static string HashOf(string subject) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));

    // JSON cannot contain a lone surrogate, so no token has one, and the list could not be written.
    private static void ThrowIfUnusable(string text, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, parameter);
        if (!UnicodeText.IsWellFormed(text))
            throw new ArgumentException($"The text {UnicodeText.LoneSurrogateFault}, which no token can contain. Pass the id or the subject as it is in the token.", parameter);
    }

    /// <summary>Whether an entry for the tokens issued before a time revokes a token with this <c>iat</c>.</summary>
    internal bool IncludesIssuedAt(DateTimeOffset? issuedAt) => issuedAt is null || issuedAt < IssuedBefore;

    /// <summary>Whether this entry revokes all tokens that <paramref name="other"/> revokes, for at least as long.</summary>
    internal bool Covers(Revocation other) => IssuedBefore >= other.IssuedBefore && ExpiresAt >= other.ExpiresAt;

    /// <summary>Merges two entries for the same subject, or two entries for all tokens.</summary>
    internal Revocation MergedWith(Revocation other) => this with
    {
        IssuedBefore = new[] { IssuedBefore, other.IssuedBefore }.Max(),
        ExpiresAt = new[] { ExpiresAt, other.ExpiresAt }.Max(),
    };
}
