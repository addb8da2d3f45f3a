using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class Scopes_are_read_from_a_string_or_an_array
{
    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("\"a,b\"", "a", "b")]
    [InlineData("[\"a\",\"b\"]", "a", "b")]
    [InlineData("[\"a b\"]", "a b")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("\"a, b\"", "a", " b")]
    [InlineData("\"a,a\"", "a")]
    [InlineData("\"a,A\"", "a", "A")]
    [InlineData("[\"a\",\"a\"]", "a")]
    [InlineData("\"\"")]
    [InlineData("\",\"")]
    [InlineData("\",a,,b,\"", "a", "b")]
    [InlineData("[]")]
    [InlineData("[\"\",\"a\"]", "a")]
    public void Without_empty_elements(string json, params string[] expected)
    {
        Reading.Of($"\"scopes\":{json}").Scopes.Should().BeEquivalentTo(expected);
    }

    [Fact]
    public void Into_one_set_however_often_it_is_asked_for()
    {
        VerifiedPayload payload = Reading.Of("\"scopes\":\"a,b\"");

        payload.Scopes.Should().BeSameAs(payload.Scopes);
    }

    [Fact]
    public void Without_the_claim_there_are_none()
    {
        Reading.Of("\"factor\":\"otp\"").Scopes.Should().BeEmpty();
    }
}
