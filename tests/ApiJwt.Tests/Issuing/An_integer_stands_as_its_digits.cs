using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class An_integer_stands_as_its_digits
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(42, "42")]
    [InlineData(-7, "-7")]
    [InlineData(1234567, "1234567")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    public void In_a_JSON_string(long integer, string expected)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Integer("visits")));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["visits"] = integer } });

        Wire.TextOf(token, "visits").Should().Be(expected);
        jwt.Decode(token).Payload!.GetInteger("visits").Should().Be(integer);
    }

    [Theory]
    [InlineData(DoNotTrack.Normal, "0")]
    [InlineData(DoNotTrack.Reserved, "1")]
    [InlineData(DoNotTrack.NotAnonymous, "2")]
    [InlineData(DoNotTrack.TestUser, "3")]
    public void As_a_do_not_track_choice_does(DoNotTrack choice, string expected)
    {
        string token = new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann", DoNotTrack = choice });

        Wire.TextOf(token, "dnt").Should().Be(expected);
    }
}
