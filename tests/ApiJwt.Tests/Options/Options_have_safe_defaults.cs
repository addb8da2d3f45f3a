namespace Hudya.Tests.Options;

public class Options_have_safe_defaults
{
    [Fact]
    public void For_all_but_the_keys()
    {
        var options = new ApiJwtOptions();

        options.PrivateKey.Should().BeNull();
        options.PublicKeys.Should().BeEmpty();
        options.TimeToLive.Should().Be(TimeSpan.FromHours(1));
        options.Audience.Should().BeNull();
        options.ClockSkew.Should().Be(TimeSpan.Zero);
        options.MaxTokenLength.Should().Be(16384);
        options.VerifiedTokenCacheSize.Should().Be(1024);
        options.TimeProvider.Should().BeSameAs(TimeProvider.System);
    }
}
