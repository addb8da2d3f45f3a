using System.Globalization;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Issuing;

public class TokenLifetimeTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(-1), InlineData(TimeSpan.TicksPerSecond - 1), InlineData(-TimeSpan.TicksPerHour)]
    [InlineData(long.MinValue)]
    public void A_time_to_live_below_a_second_is_an_argument_error(long ticks) =>
        FluentActions.Invoking(() => new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromTicks(ticks) })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*TokenRequest.TimeToLive*1 second or more*fake clock*");

    [Theory]
    [InlineData(null, 300), InlineData(60, 60), InlineData(86400, 86400)]
    public void A_request_without_a_time_to_live_takes_that_of_the_options(int? seconds, int expected)
    {
        ApiJwtOptions options = Clock.Issuing(Clock.Standing());
        options.TimeToLive = TimeSpan.FromSeconds(300);
        var request = new TokenRequest { Subject = "ann", TimeToLive = seconds is { } some ? TimeSpan.FromSeconds(some) : null };
        Wire.ClaimsOf(new PlainJwt(options).Encode(request))["exp"]!.GetValue<long>().Should().Be(Clock.Start + expected);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", 3600.0, "1767326645"), InlineData("2026-01-02T03:04:05.5Z", 3600.0, "1767326645")]
    [InlineData("2026-01-02T03:04:05.9999999Z", 3600.0, "1767326645"), InlineData("2026-01-02T03:04:05.6Z", 1.3, "1767323046")]
    [InlineData("2026-01-02T03:04:05.6Z", 1.4, "1767323047"), InlineData("1969-12-31T23:59:50.5Z", 1.0, "-9")]
    [InlineData("2038-01-19T03:14:07Z", 1.0, "2147483648"), InlineData("2106-02-07T06:28:15Z", 1.0, "4294967296")]
    [InlineData("9999-12-31T23:59:58Z", 1.0, "253402300799"), InlineData("9999-12-31T23:00:00Z", 3599.0, "253402300799")]
    public void The_expiry_is_in_whole_seconds_rounded_down_up_to_the_last_of_9999(string now, double seconds, string expected)
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.At(now)));
        string token = jwt.Encode(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromSeconds(seconds) });
        Wire.ClaimsOf(token)["exp"]!.ToJsonString().Should().Be(expected);
        jwt.Decode(token).Payload!.ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(long.Parse(expected, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_expiry_is_counted_from_the_time_of_the_call()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        clock.Advance(TimeSpan.FromHours(10));
        Wire.ClaimsOf(jwt.Encode(new TokenRequest { Subject = "ann" }))["exp"]!.GetValue<long>().Should().Be(Clock.Start + (11 * 3600));
    }

    [Fact]
    public void A_token_that_would_expire_after_9999_is_refused()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.At("9999-12-31T23:00:00Z")));
        foreach (TimeSpan? timeToLive in (TimeSpan?[])[TimeSpan.FromHours(1), null])
        {
            PolicyViolationException violation = Refusal.Of(jwt, new TokenRequest { Subject = "ann", TimeToLive = timeToLive });
            violation.Claim.Should().Be("exp");
            violation.Message.Should().Contain("9999").And.Contain("TokenRequest.TimeToLive");
        }
    }

    [Theory]
    [InlineData(7200, true), InlineData(7200.001, false), InlineData(100 * 365 * 86400.0, false)]
    public void A_request_for_more_than_the_longest_time_to_live_is_refused(double seconds, bool isIssued)
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
    public void The_longest_time_to_live_is_366_days_by_default()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()));
        jwt.Issue(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromDays(366) }).ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(Clock.Start).AddDays(366));
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromDays(366) + TimeSpan.FromTicks(1) }).Claim.Should().Be("exp");
    }

    [Fact]
    public void The_time_to_live_of_the_options_must_not_be_longer_than_the_longest()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.MaxTimeToLive = TimeSpan.FromMinutes(30);
        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>()
            .WithMessage("ApiJwtOptions.TimeToLive must not be longer than ApiJwtOptions.MaxTimeToLive.");
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(-11), InlineData(14), InlineData(5.75), InlineData(-3.5)]
    public void Times_are_UTC_in_every_local_time_zone(double hours)
    {
        FakeTimeProvider clock = Clock.Standing();
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(hours), "here", "here"));
        var jwt = new PlainJwt(Clock.Issuing(clock));

        string token = jwt.Encode(new TokenRequest { Subject = "ann" });

        Wire.ClaimsOf(token)["exp"]!.GetValue<long>().Should().Be(Clock.Start + 3600);
        jwt.Decode(token).Payload!.ExpiresAt.Should().BeExactly(new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.Zero));
        clock.Advance(TimeSpan.FromSeconds(3599));
        jwt.Decode(token).IsValid.Should().BeTrue();
        clock.Advance(TimeSpan.FromSeconds(1));
        jwt.Decode(token).IsExpired.Should().BeTrue();
    }
}
