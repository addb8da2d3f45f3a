using Hudya.Tests.Support;

namespace Hudya.Tests.Options;

public class A_bad_option_is_refused_by_name
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Theory]
    [InlineData(Second, true)]
    [InlineData(366L * 86400 * Second, true)]
    [InlineData((366L * 86400 * Second) + 1, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(Second - 1, false)]
    [InlineData(0, false)]
    [InlineData(-Second, false)]
    [InlineData(long.MinValue, false)]
    public void Time_to_live(long ticks, bool good) => Check("TimeToLive", good, options => options.TimeToLive = TimeSpan.FromTicks(ticks));

    [Theory]
    [InlineData(0, true)]
    [InlineData(300 * Second, true)]
    [InlineData((300 * Second) + 1, false)]
    [InlineData(-1, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MinValue, false)]
    public void Clock_skew(long ticks, bool good) => Check("ClockSkew", good, options => options.ClockSkew = TimeSpan.FromTicks(ticks));

    [Theory]
    [InlineData(null, true)]
    [InlineData("aud", true)]
    [InlineData("😀", true)]
    [InlineData("", false)]
    public void Audience(string? audience, bool good) => Check("Audience", good, options => options.Audience = audience);

    [Fact]
    public void Audience_of_half_a_character()
    {
        foreach (string half in HalfCharacters.Texts)
            Check("Audience", false, options => options.Audience = half);
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(1024 * 1024, true)]
    [InlineData(511, false)]
    [InlineData((1024 * 1024) + 1, false)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(int.MinValue, false)]
    public void Longest_token(int length, bool good) => Check("MaxTokenLength", good, options => options.MaxTokenLength = length);

    [Fact]
    public void With_its_bounds()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.MaxTokenLength = 1;

        FluentActions.Invoking(() => new PlainJwt(options)).Should().Throw<ApiJwtException>().WithMessage("*between 512 and 1048576 characters*");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(5000, true)]
    [InlineData(1_000_000, true)]
    [InlineData(-1, false)]
    [InlineData(1_000_001, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(int.MinValue, false)]
    public void Cache_size(int size, bool good) => Check("VerifiedTokenCacheSize", good, options => options.VerifiedTokenCacheSize = size);

    [Fact]
    public void Time_provider()
    {
        Check("TimeProvider", false, options => options.TimeProvider = null!);
    }

    [Fact]
    public void All_bad_ones_are_named_at_once()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.TimeToLive = TimeSpan.Zero;
        options.ClockSkew = TimeSpan.FromHours(1);
        options.Audience = "";
        options.MaxTokenLength = 0;
        options.VerifiedTokenCacheSize = -1;
        options.TimeProvider = null!;

        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>().Which.Message.Should().ContainAll(
            "ApiJwtOptions.TimeToLive",
            "ApiJwtOptions.ClockSkew",
            "ApiJwtOptions.Audience",
            "ApiJwtOptions.MaxTokenLength",
            "ApiJwtOptions.VerifiedTokenCacheSize",
            "ApiJwtOptions.TimeProvider");
    }

    [Fact]
    public void No_options_at_all_are_an_argument_error()
    {
        FluentActions.Invoking(() => new PlainJwt(null!)).Should().Throw<ArgumentNullException>().WithParameterName("options");
    }

    private static void Check(string name, bool good, Action<ApiJwtOptions> set)
    {
        ApiJwtOptions options = TestKeys.Issuing;
        set(options);
        Action construct = () => _ = new PlainJwt(options);
        if (good)
            construct.Should().NotThrow();
        else
            construct.Should().ThrowExactly<ApiJwtException>().WithMessage($"ApiJwtOptions.{name} must *");
    }
}
