using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class A_level_is_read_from_a_string_or_a_number
{
    [Theory]
    [InlineData("\"0.0\"", 0)]
    [InlineData("\"3.1\"", 3.1)]
    [InlineData("\"3\"", 3)]
    [InlineData("3", 3)]
    [InlineData("3.1", 3.1)]
    [InlineData("0", 0)]
    [InlineData("3.10", 3.1)]
    [InlineData("1e1", 10)]
    [InlineData("\"1000000000000000.0\"", 1e15)]
    public void As_Python_and_other_languages_write_it(string json, double expected)
    {
        Reading.Of($"\"level\":{json}").Level.Should().Be(expected);
    }

    [Fact]
    public void Without_the_claim_it_is_0()
    {
        Reading.Of("\"factor\":\"otp\"").Level.Should().Be(0);
    }
}
