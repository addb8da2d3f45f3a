using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>A token that was verified, as IdentityModel describes one.</summary>
/// <remarks>
/// A <c>JsonWebToken</c> would parse the text again, at every request. Who needs one makes it of <see cref="UnsafeToString"/>.
/// Immutable and thread-safe.
/// </remarks>
internal sealed class VerifiedToken(string text, VerifiedPayload payload) : SecurityToken
{
    public override string? Id => payload.TokenId;

    public override string? Issuer => payload.Issuer;

    public override SecurityKey? SecurityKey => null;

    public override SecurityKey? SigningKey { get; set; }

    public override DateTime ValidFrom => payload.NotBefore.UtcDateTime;

    public override DateTime ValidTo => payload.ExpiresAt.UtcDateTime;

    public override string UnsafeToString() => text;
}
