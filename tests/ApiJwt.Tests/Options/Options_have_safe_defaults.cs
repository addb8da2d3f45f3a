namespace Hudya.Tests.Options;

public class Options_have_safe_defaults
{
    [Fact]
    public void For_all_but_the_keys()
    {
        var options = new ApiJwtOptions();

        options.PrivateKey.Should().BeNull();
        options.Signer.Should().BeNull();
        options.PublicKeys.Should().BeEmpty();
        options.JwksUri.Should().BeNull();
        options.RevocationsUri.Should().BeNull();
        options.RevocationsRefreshInterval.Should().Be(TimeSpan.FromSeconds(5));
        options.AllowHttpJwksUri.Should().BeFalse();
        options.Issuers.Should().BeEmpty();
        options.TimeToLive.Should().Be(TimeSpan.FromHours(1));
        options.MaxTimeToLive.Should().Be(TimeSpan.FromDays(366));
        options.Audience.Should().BeNull();
        options.AcceptedAudiences.Should().BeEmpty();
        options.RequireAudience.Should().BeTrue();
        options.TokenType.Should().Be("JWT");
        options.AcceptedTokenTypes.Should().BeEmpty();
        options.WriteKeyId.Should().BeTrue();
        options.AllowMissingSubject.Should().BeFalse();
        options.ChecksTokenBinding.Should().BeFalse();
        options.MaxAge.Should().BeNull();
        options.ClockSkew.Should().Be(TimeSpan.Zero);
        options.MaxTokenLength.Should().Be(16384);
        options.VerifiedTokenCacheSize.Should().Be(1024);
        options.TimeProvider.Should().BeSameAs(TimeProvider.System);
    }
}
