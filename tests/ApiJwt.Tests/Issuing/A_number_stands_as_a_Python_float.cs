using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_number_stands_as_a_Python_float
{
    /// <summary>Each text is Python's <c>repr</c> of the number beside it.</summary>
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(5, "5.0")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(-3.1, "-3.1")]
    [InlineData(1.0000000000000002, "1.0000000000000002")]
    [InlineData(123456789.123, "123456789.123")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00009999, "9.999e-05")]
    [InlineData(1e-05, "1e-05")]
    [InlineData(-1e-7, "-1e-07")]
    [InlineData(-123e-9, "-1.23e-07")]
    [InlineData(9007199254740992, "9007199254740992.0")]
    [InlineData(1234567890123456.7, "1234567890123456.8")]
    [InlineData(9.999999999999998e15, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(12345678901234567.0, "1.2345678901234568e+16")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1e100, "1e+100")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    public void To_the_last_digit(double number, string expected)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Number("limit")));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["limit"] = number } });

        Wire.TextOf(token, "limit").Should().Be(expected);
        jwt.Decode(token).Payload!.GetNumber("limit").Should().Be(number);
    }

    [Fact]
    public void With_the_sign_of_a_negative_zero()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Number("limit")));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["limit"] = -0.0 } });

        Wire.TextOf(token, "limit").Should().Be("-0.0");
    }

    [Fact]
    public void Also_when_it_is_given_as_an_integer()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Number("limit", allowed: [5.0])));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["limit"] = 5L } });

        Wire.TextOf(token, "limit").Should().Be("5.0");
    }
}
