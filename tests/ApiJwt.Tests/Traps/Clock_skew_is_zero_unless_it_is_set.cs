using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Traps;

/// <summary>The family's own default lets every token live five minutes longer.</summary>
public class Clock_skew_is_zero_unless_it_is_set
{
    [Fact]
    public void A_token_ends_when_it_says_so()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1800000000));
        var service = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, TimeProvider = clock });
        string token = service.Encode(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromSeconds(10) });

        clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        service.Decode(token).IsValid.Should().BeTrue();
        clock.Advance(TimeSpan.FromTicks(1));

        service.Decode(token).Failure.Should().Be(TokenFailure.Expired);
    }

    [Fact]
    public void Nor_does_it_begin_before()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1800000000));
        var service = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, TimeProvider = clock });

        service.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"nbf":1800000001}""")).Failure.Should().Be(TokenFailure.NotYetValid);
    }
}
