using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class A_header_is_at_most_4096_characters_long
{
    private readonly PlainJwt _jwt = new(TestKeys.Verifying);

    [Fact]
    public void One_of_that_length_is_read() => _jwt.Decode(TokenWithHeaderOf(4096)).IsValid.Should().BeTrue();

    [Fact]
    public void A_longer_one_is_not_looked_at()
    {
        DecodeResult result = _jwt.Decode(TokenWithHeaderOf(4098));

        result.Failure.Should().Be(TokenFailure.TooLong);
        result.Reason.Should().Be("The header alone is longer than 4096 characters.");
    }

    private static string TokenWithHeaderOf(int length)
    {
        const string frame = """{"alg":"RS256","x":""}""";
        string header = frame.Replace("\"\"", $"\"{new string('x', (length * 3 / 4) - frame.Length)}\"", StringComparison.Ordinal);
        string token = Forge.Sign(header, Forge.GoodPayload);
        token.IndexOf('.', StringComparison.Ordinal).Should().Be(length);
        return token;
    }
}
