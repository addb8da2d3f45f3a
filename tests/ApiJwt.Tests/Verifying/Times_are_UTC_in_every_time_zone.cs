using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Verifying;

public class Times_are_UTC_in_every_time_zone
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-11)]
    [InlineData(14)]
    [InlineData(5.75)]
    [InlineData(-3.5)]
    public void Whatever_the_clock_calls_local(double hours)
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

    [Theory]
    [InlineData("2026-03-29T00:59:59Z")]
    [InlineData("2026-10-25T00:30:00Z")]
    public void Also_over_a_change_to_or_from_summer_time(string utc)
    {
        FakeTimeProvider clock = Clock.At(utc);
        clock.SetLocalTimeZone(WithSummerTime());
        var jwt = new PlainJwt(Clock.Issuing(clock));

        string token = jwt.Encode(new TokenRequest { Subject = "ann" });

        jwt.Decode(token).Payload!.ExpiresAt.Should().Be(clock.GetUtcNow() + TimeSpan.FromHours(1));
    }

    private static TimeZoneInfo WithSummerTime()
    {
        var start = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday);
        var end = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), start, end);
        return TimeZoneInfo.CreateCustomTimeZone("there", TimeSpan.FromHours(1), "there", "there", "there in summer", [rule]);
    }
}
