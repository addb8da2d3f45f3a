namespace ApiJwts;

/// <summary>A token, with what its issuer may want to remember of it.</summary>
/// <param name="Text">The token in JWS Compact Serialization (RFC 7515, section 3.1).</param>
/// <param name="TokenId">Its id (<c>jti</c>), to withdraw it by; <see langword="null"/> unless the policy has <see cref="PayloadPolicy.WriteTokenId"/>.</param>
/// <param name="ExpiresAt">When it expires (<c>exp</c>), in UTC.</param>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> does not show the token.</remarks>
public sealed record IssuedToken(string Text, string? TokenId, DateTimeOffset ExpiresAt)
{
    /// <summary>When it expires, and not the token: whoever reads it could use it.</summary>
    public override string ToString() => $"A token that expires at {ExpiresAt:u}";
}
