using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class Clocks_may_differ_only_by_the_clock_skew
{
    [Theory]
    [InlineData(0, -1, TokenFailure.None)]
    [InlineData(0, 0, TokenFailure.Expired)]
    [InlineData(60, 0, TokenFailure.None)]
    [InlineData(60, 59, TokenFailure.None)]
    [InlineData(60, 60, TokenFailure.Expired)]
    [InlineData(300, 299, TokenFailure.None)]
    public void After_the_expiry(int skew, int secondsAfter, TokenFailure expected)
    {
        string token = Forge.Claims($$"""{"sub":"ann","exp":{{Clock.Start - secondsAfter}}}""");

        ServiceWith(skew).Decode(token).Failure.Should().Be(expected);
    }

    [Theory]
    [InlineData(0, 0, TokenFailure.None)]
    [InlineData(0, 1, TokenFailure.NotYetValid)]
    [InlineData(60, 60, TokenFailure.None)]
    [InlineData(60, 61, TokenFailure.NotYetValid)]
    public void Before_the_token_is_valid(int skew, int secondsBefore, TokenFailure expected)
    {
        string token = Forge.Claims($$"""{"sub":"ann","exp":4102444800,"nbf":{{Clock.Start + secondsBefore}}}""");

        ServiceWith(skew).Decode(token).Failure.Should().Be(expected);
    }

    [Fact]
    public void Which_does_not_show_in_the_expiry()
    {
        string token = Forge.Claims($$"""{"sub":"ann","exp":{{Clock.Start}}}""");

        ServiceWith(60).Decode(token).Payload!.ExpiresAt.ToUnixTimeSeconds().Should().Be(Clock.Start);
    }

    private static PlainJwt ServiceWith(int skew)
    {
        ApiJwtOptions options = TestKeys.Verifying;
        options.TimeProvider = Clock.Standing();
        options.ClockSkew = TimeSpan.FromSeconds(skew);
        return new PlainJwt(options);
    }
}
