using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_token_expires_by_the_year_9999
{
    [Fact]
    public void Its_last_second_is_the_latest_expiry()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.At("9999-12-31T23:00:00Z")));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", TimeToLive = new TimeSpan(0, 59, 59) });

        jwt.Decode(token).Payload!.ExpiresAt.Should().Be(new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
    }

    [Fact]
    public void A_later_one_is_refused()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.At("9999-12-31T23:00:00Z")));

        ShouldBeRefused(jwt, new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromHours(1) });
        ShouldBeRefused(jwt, new TokenRequest { Subject = "ann" });
    }

    private static void ShouldBeRefused(PlainJwt jwt, TokenRequest request)
    {
        PolicyViolationException violation = Refusal.Of(jwt, request);
        violation.Claim.Should().Be("exp");
        violation.Message.Should().Contain("9999").And.Contain("TokenRequest.TimeToLive");
    }
}
