using Microsoft.IdentityModel.Tokens;

namespace ApiJwts.AspNetCore;

/// <summary>What the scheme's events get as the token: its times and its issuer. The rest is in the identity.</summary>
internal sealed class VerifiedToken(VerifiedPayload payload) : SecurityToken
{
    public override string Id => "";

    public override string Issuer => payload.Issuer;

    public override SecurityKey? SecurityKey => null;

    public override SecurityKey? SigningKey { get; set; }

    public override DateTime ValidFrom => DateTime.MinValue;

    public override DateTime ValidTo => payload.ExpiresAt.UtcDateTime;
}
