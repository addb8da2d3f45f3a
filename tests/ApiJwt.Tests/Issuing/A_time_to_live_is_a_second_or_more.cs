using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_time_to_live_is_a_second_or_more
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(TimeSpan.TicksPerSecond - 1)]
    [InlineData(-TimeSpan.TicksPerHour)]
    [InlineData(long.MinValue)]
    public void Less_is_an_argument_error(long ticks)
    {
        FluentActions.Invoking(() => new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromTicks(ticks) })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*TokenRequest.TimeToLive*1 second or more*fake clock*");
    }

    [Fact]
    public void One_second_is_enough()
    {
        string token = new PlainJwt(Clock.Issuing(Clock.Standing())).Encode(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromSeconds(1) });

        Wire.ClaimsOf(token)["exp"]!.GetValue<long>().Should().Be(Clock.Start + 1);
    }

    [Theory]
    [InlineData(null, 300)]
    [InlineData(60, 60)]
    [InlineData(86400, 86400)]
    public void Null_takes_that_of_the_options(int? seconds, int expected)
    {
        ApiJwtOptions options = Clock.Issuing(Clock.Standing());
        options.TimeToLive = TimeSpan.FromSeconds(300);
        var request = new TokenRequest { Subject = "ann", TimeToLive = seconds is { } some ? TimeSpan.FromSeconds(some) : null };

        Wire.ClaimsOf(new PlainJwt(options).Encode(request))["exp"]!.GetValue<long>().Should().Be(Clock.Start + expected);
    }
}
