using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class No_token_is_valid_for_longer_than_the_longest_time_to_live
{
    [Theory]
    [InlineData(7200, true)]
    [InlineData(7200.001, false)]
    [InlineData(100 * 365 * 86400.0, false)]
    public void Whatever_its_request_asks_for(double seconds, bool isIssued)
    {
        ApiJwtOptions options = Clock.Issuing(Clock.Standing());
        options.MaxTimeToLive = TimeSpan.FromHours(2);
        var jwt = new PlainJwt(options);
        var request = new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromSeconds(seconds) };

        if (isIssued)
        {
            jwt.Issue(request).ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(Clock.Start + 7200));
            return;
        }

        PolicyViolationException violation = Refusal.Of(jwt, request);
        violation.Claim.Should().Be("exp");
        violation.Message.Should().Contain("ApiJwtOptions.MaxTimeToLive is 02:00:00").And.Contain("TokenRequest.TimeToLive");
    }

    [Fact]
    public void By_default_366_days()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()));

        jwt.Issue(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromDays(366) }).ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(Clock.Start).AddDays(366));
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromDays(366) + TimeSpan.FromTicks(1) }).Claim.Should().Be("exp");
    }

    [Fact]
    public void And_the_default_of_the_settings_is_not_longer_either()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.MaxTimeToLive = TimeSpan.FromMinutes(30);

        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>()
            .WithMessage("ApiJwtOptions.TimeToLive must not be longer than ApiJwtOptions.MaxTimeToLive.");
    }
}
