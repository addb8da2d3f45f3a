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
    [InlineData(3600 * Second, true)]
    [InlineData(366L * 86400 * Second, true)]
    [InlineData((366L * 86400 * Second) + 1, false)]
    [InlineData(Second - 1, false)]
    [InlineData(-Second, false)]
    public void Longest_time_to_live(long ticks, bool good) => CheckPart("MaxTimeToLive must be between 1 second and 366 days", good, options =>
    {
        options.MaxTimeToLive = TimeSpan.FromTicks(ticks);
        options.TimeToLive = TimeSpan.FromSeconds(Math.Max(1, Math.Min(3600, ticks / Second)));
    });

    [Theory]
    [InlineData(null, true)]
    [InlineData(Second, true)]
    [InlineData(366L * 86400 * Second, true)]
    [InlineData((366L * 86400 * Second) + 1, false)]
    [InlineData(Second - 1, false)]
    [InlineData(0L, false)]
    [InlineData(-Second, false)]
    public void Largest_age(long? ticks, bool good) => Check("MaxAge", good, options => options.MaxAge = ticks is { } some ? TimeSpan.FromTicks(some) : null);

    [Theory]
    [InlineData(Second, true)]
    [InlineData(3600 * Second, true)]
    [InlineData(Second - 1, false)]
    [InlineData((3600 * Second) + 1, false)]
    [InlineData(-Second, false)]
    public void Interval_of_the_list_of_withdrawals(long ticks, bool good) =>
        Check("RevocationsRefreshInterval", good, options => options.RevocationsRefreshInterval = TimeSpan.FromTicks(ticks));

    [Theory]
    [InlineData("JWT", true)]
    [InlineData("at+jwt", true)]
    [InlineData("application/at+jwt", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("at jwt", false)]
    [InlineData("JWT\n", false)]
    [InlineData(null, false)]
    public void Type_of_tokens(string? type, bool good) => Check("TokenType", good, options => options.TokenType = type!);

    [Theory]
    [InlineData("Issuers")]
    [InlineData("AcceptedAudiences")]
    [InlineData("AcceptedTokenTypes")]
    public void Lists_of_what_is_accepted(string name)
    {
        IList<string> ListOf(ApiJwtOptions options) =>
            name == "Issuers" ? options.Issuers : name == "AcceptedAudiences" ? options.AcceptedAudiences : options.AcceptedTokenTypes;
        CheckPart(name, true, options => ListOf(options).Add(name == "AcceptedTokenTypes" ? "at+jwt" : "a name with blanks"));
        foreach (string? bad in (string?[])["", null, .. HalfCharacters.Texts])
        {
            CheckPart($"{name} has an entry that cannot be used", false, options =>
            {
                ListOf(options).Add("good");
                ListOf(options).Add(bad!);
            });
        }
    }

    /// <summary>It would look as if tokens without an audience were let in for a while, and they always are.</summary>
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("orders", null, true)]
    [InlineData(null, "orders", true)]
    public void A_requirement_that_decides_nothing(string? audience, string? accepted, bool good) => CheckPart("RequireAudience decides nothing", good, options =>
    {
        options.RequireAudience = false;
        options.Audience = audience;
        if (accepted is not null)
            options.AcceptedAudiences.Add(accepted);
    });

    [Theory]
    [InlineData("https://auth.example/revocations", true)]
    [InlineData("http://localhost:5001/revocations", true)]
    [InlineData("http://auth.example/revocations", false)]
    [InlineData("https://ann:secret@auth.example/", false)]
    public void Address_of_the_list_of_withdrawals(string address, bool good) => Check("RevocationsUri", good, options => options.RevocationsUri = new Uri(address));

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

    private static void Check(string name, bool good, Action<ApiJwtOptions> set) => CheckPart($"{name} must ", good, set);

    private static void CheckPart(string message, bool good, Action<ApiJwtOptions> set)
    {
        ApiJwtOptions options = TestKeys.Issuing;
        set(options);
        Action construct = () => _ = new PlainJwt(options);
        if (good)
            construct.Should().NotThrow();
        else
            construct.Should().ThrowExactly<ApiJwtException>().WithMessage($"*ApiJwtOptions.{message}*");
    }
}
