using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class A_JSON_array_that_holds_no_key_texts_is_refused
{
    [Theory]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[true]")]
    [InlineData("[{}]")]
    [InlineData("[[]]")]
    [InlineData("[[\"AAAA\"]]")]
    public void With_something_that_is_not_a_string(string text)
    {
        Refused.AsPublic(text).Should().Contain("the JSON array holds something that is not a string. Give each key as a string.");
        Refused.AsPrivate(text).Should().Contain("the JSON array holds something that is not a string");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[\"")]
    [InlineData("['a']")]
    [InlineData("[\"a\",]")]
    [InlineData("[\"a\"] and more")]
    [InlineData("[\"\\ud800\"]")]
    public void Or_that_is_not_JSON(string text)
    {
        Refused.AllAsPublic(text).Should().Contain(fault => fault.Contains("begins with '[' but is not a JSON array of strings", StringComparison.Ordinal));
    }

    [Fact]
    public void Even_when_one_of_its_keys_is_good()
    {
        string text = $"[{System.Text.Json.JsonSerializer.Serialize(TestKeys.Ours.PublicKeyPem)}, 7]";

        Refused.AsPublic(text).Should().Contain("the JSON array holds something that is not a string");
    }
}
