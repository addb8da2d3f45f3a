using Hudya.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Properties;

public class Whatever_is_valid_here_the_token_handler_accepts_too
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    // CA5404: this library leaves the issuer to its caller, and refuses a token with an audience by itself when none is set.
#pragma warning disable CA5404
    private static readonly TokenValidationParameters Tightest = new()
    {
        IssuerSigningKey = new RsaSecurityKey(TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem)),
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        ValidateIssuer = false,
        ValidateAudience = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ClockSkew = TimeSpan.Zero,
    };
#pragma warning restore CA5404

    private readonly HudyaJwt _service = new(TestKeys.Verifying);

    [Fact]
    public void With_the_same_subject_and_expiry()
    {
        int valid = 0;
        Property.Holds(
            StrangePayloads.Json,
            payload =>
            {
                string token = Forge.Claims(payload);
                if (_service.Decode(token).Payload is not { } ours)
                    return;

                Interlocked.Increment(ref valid);
                TokenValidationResult theirs = Handler.ValidateTokenAsync(token, Tightest).GetAwaiter().GetResult();
                theirs.IsValid.Should().BeTrue("we accept {0}, and the handler says {1}", payload, theirs.Exception);
                var read = (JsonWebToken)theirs.SecurityToken;
                read.Subject.Should().Be(ours.Subject);
                read.ValidTo.Should().BeCloseTo(ours.ExpiresAt.UtcDateTime, TimeSpan.FromSeconds(1));
            },
            count: 400);
        valid.Should().BePositive("a promise about valid tokens is only tested by some");
    }
}
