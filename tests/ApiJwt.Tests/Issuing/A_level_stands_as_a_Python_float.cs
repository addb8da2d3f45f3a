using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_level_stands_as_a_Python_float
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(1, "1.0")]
    [InlineData(3.0, "3.0")]
    [InlineData(3.1, "3.1")]
    [InlineData(3.5, "3.5")]
    [InlineData(10.0, "10.0")]
    [InlineData(100.0, "100.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(123456.789, "123456.789")]
    [InlineData(1e15 / 3, "333333333333333.3")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    public void With_a_point_and_without_an_exponent(double level, string expected)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowLevels(level));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", Level = level });

        Wire.TextOf(token, "level").Should().Be(expected);
        jwt.Decode(token).Payload!.Level.Should().Be(level);
    }

    [Fact]
    public void And_zero_without_a_sign()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowLevels(-0.0));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Level = -0.0 }), "level").Should().Be("0.0");
        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Level = 0.0 }), "level").Should().Be("0.0");
    }

    [Fact]
    public void And_a_default_of_zero_without_a_sign()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.SetDefault("level", -0.0));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann" }), "level").Should().Be("0.0");
    }

    [Fact]
    public void Also_when_it_is_a_default()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.SetDefault("level", 2));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann" }), "level").Should().Be("2.0");
    }
}
