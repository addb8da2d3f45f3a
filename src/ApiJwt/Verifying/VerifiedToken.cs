using Microsoft.IdentityModel.Tokens;

namespace ApiJwts;

/// <summary>A verified token as a security token of IdentityModel.</summary>
/// <remarks>
/// It is not a <c>JsonWebToken</c>, because that would parse the text again for every request. Code that needs one can create it from
/// <see cref="UnsafeToString"/>.
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
