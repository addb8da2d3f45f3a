using Hudya.Tests.Support;

namespace Hudya.Tests;

public class Tokens_cross_from_issuer_to_verifier
{
    [Fact]
    public void A_service_with_the_public_key_reads_what_the_auth_service_issued()
    {
        string token = new HudyaJwt(TestKeys.Issuing).Encode(new TokenRequest
        {
            Subject = "user@domain.com",
            Key = "support",
            Level = 3.1,
            Factor = "yubikey",
            Target = "other@domain.com",
            Scopes = ["support:mobile", "support:power"],
            DoNotTrack = DoNotTrack.TestUser,
            TimeToLive = TimeSpan.FromHours(1),
        });

        DecodeResult result = new HudyaJwt(TestKeys.Verifying).Decode(token);

        result.IsValid.Should().BeTrue(result.Reason);
        result.Payload!.Subject.Should().Be("user@domain.com");
        result.Payload.Key.Should().Be("support");
        result.Payload.Issuer.Should().Be("auth_support");
        result.Payload.Level.Should().Be(3.1);
        result.Payload.Factor.Should().Be("yubikey");
        result.Payload.Target.Should().Be("other@domain.com");
        result.Payload.DoNotTrack.Should().Be(DoNotTrack.TestUser);
        result.Payload.Scopes.Should().BeEquivalentTo("support:mobile", "support:power");
    }
}
