using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Readme;

public class The_five_minutes_work
{
    [Fact]
    public void A_token_is_issued_with_the_private_key_and_verified_with_the_public_one()
    {
        // In the test, the block prints to a writer that the test reads.
        using var Console = new StringWriter();

        #region Issue
        // The auth service has the private key. Here, a pair is made on the spot.
        RsaKeyPair keys = RsaKeyPair.Generate();
        var authService = new HudyaJwt(new ApiJwtOptions { PrivateKey = keys.PrivateKeyPem });

        string token = authService.Encode(new TokenRequest
        {
            Subject = "user@domain.com",
            Key = "support",
            Level = 3.1,
            Factor = "yubikey",
            Target = "other@domain.com",            // when the scopes concern someone other than the subject
            Scopes = ["support:mobile"],
            DoNotTrack = DoNotTrack.Normal,
            TimeToLive = TimeSpan.FromHours(1),
        });
        #endregion

        #region Verify
        // Every other service has public keys only.
        var api = new HudyaJwt(new ApiJwtOptions { PublicKeys = { keys.PublicKeyPem } });

        DecodeResult result = api.Decode(token);
        if (!result.IsValid)
            Console.WriteLine($"Refused: {result.Failure}");   // Expired, InvalidSignature, Malformed, ...
        else if (result.Payload.HasScope("support:mobile"))
            Console.WriteLine("Access granted!");
        #endregion

        Console.ToString().Trim().Should().Be("Access granted!");
    }

    [Fact]
    public void The_payload_on_the_page_is_what_the_example_sends()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        string token = new HudyaJwt(Support.Clock.Issuing(clock)).Encode(new TokenRequest
        {
            Subject = "user@domain.com", Key = "support", Level = 3.1, Factor = "yubikey", Target = "other@domain.com", Scopes = ["support:mobile"],
        });

        Support.Wire.ShouldCarry(token, Page.Readme.BlocksOf("json").Should().ContainSingle().Subject);
    }
}
