using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class A_number_is_read_to_its_last_character
{
    [Theory]
    [InlineData("""5\u0000""")]
    [InlineData("5 ")]
    [InlineData(" 5")]
    [InlineData("5.")]
    [InlineData("5,0")]
    [InlineData("0x5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("")]
    public void And_a_text_that_is_more_or_less_than_a_number_is_none(string json)
    {
        string payload = $$"""{"sub":"ann","exp":4102444800,"quota":"{{json}}"}""";
        VerifiedPayload verified = new PlainJwt(TestKeys.Verifying).Decode(Forge.Claims(payload)).Payload!;

        verified.GetInteger("quota").Should().BeNull();
        verified.GetNumber("quota").Should().BeNull();
    }
}
