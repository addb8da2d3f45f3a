using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Issuing;

public class The_expiry_is_a_whole_number_of_seconds
{
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", 3600.0, "1767326645")]
    [InlineData("2026-01-02T03:04:05.5Z", 3600.0, "1767326645")]
    [InlineData("2026-01-02T03:04:05.9999999Z", 3600.0, "1767326645")]
    [InlineData("2026-01-02T03:04:05.6Z", 1.3, "1767323046")]
    [InlineData("2026-01-02T03:04:05.6Z", 1.4, "1767323047")]
    [InlineData("1969-12-31T23:59:50.5Z", 1.0, "-9")]
    public void Rounded_down(string now, double seconds, string expected)
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.At(now)));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromSeconds(seconds) });

        Wire.ClaimsOf(token)["exp"]!.ToJsonString().Should().Be(expected);
    }

    [Theory]
    [InlineData("2038-01-19T03:14:07Z", "2147483648")]
    [InlineData("2106-02-07T06:28:15Z", "4294967296")]
    [InlineData("9999-12-31T23:59:58Z", "253402300799")]
    public void In_times_past_the_bounds_of_32_bits(string now, string expected)
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.At(now)));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromSeconds(1) });

        Wire.ClaimsOf(token)["exp"]!.ToJsonString().Should().Be(expected);
        jwt.Decode(token).Payload!.ExpiresAt.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture).Should().Be(expected);
    }

    [Fact]
    public void Counted_from_the_moment_of_the_request()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        clock.Advance(TimeSpan.FromHours(10));

        Wire.ClaimsOf(jwt.Encode(new TokenRequest { Subject = "ann" }))["exp"]!.GetValue<long>().Should().Be(Clock.Start + (11 * 3600));
    }
}
