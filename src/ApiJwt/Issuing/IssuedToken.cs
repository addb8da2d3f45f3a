namespace ApiJwts;

/// <summary>A token that was issued, with the id and the expiry that are needed to revoke it.</summary>
/// <param name="Text">The token in JWS Compact Serialization (RFC 7515, section 3.1).</param>
/// <param name="TokenId">The id of the token (<c>jti</c>); <see langword="null"/> unless the policy called <see cref="PayloadPolicy.WriteTokenId"/>.</param>
/// <param name="ExpiresAt">The expiry of the token (<c>exp</c>), in UTC.</param>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> does not show the token.</remarks>
public sealed record IssuedToken(string Text, string? TokenId, DateTimeOffset ExpiresAt)
{
    /// <summary>Describes the token by its expiry. The text of the token is left out, so that it does not appear in logs.</summary>
    public override string ToString() => $"A token that expires at {ExpiresAt:u}";
}
