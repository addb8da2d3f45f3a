using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class An_empty_key_text_is_refused
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" \t\r\n ")]
    [InlineData("\"\"")]
    [InlineData("''")]
    [InlineData("' \" \" '")]
    [InlineData("\uFEFF")]
    [InlineData("[\"\"]")]
    [InlineData("[\" \"]")]
    public void Never_taken_for_no_key(string text)
    {
        Refused.AsPublic(text).Should().Contain("the text is empty. Give a PEM text.");
        Refused.AsPrivate(text).Should().Contain("the text is empty. Give a PEM text.");
    }

    [Fact]
    public void And_so_is_a_null_in_the_list()
    {
        var options = new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem, null! } };

        Refused.By(options).Message.Should().Be("ApiJwtOptions.PublicKeys[1]: the text is empty. Give a PEM text.");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] ")]
    [InlineData("'[]'")]
    [InlineData("W10=")]
    public void And_so_is_a_JSON_array_without_a_key(string text)
    {
        Refused.AsPublic(text).Should().Contain("the JSON array is empty. Give at least one key.");
        Refused.AsPrivate(text).Should().Contain("the JSON array is empty");
    }

    [Fact]
    public void Even_beside_a_key_that_is_good()
    {
        var options = new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem, "" } };

        Refused.By(options).Faults.Should().Equal("ApiJwtOptions.PublicKeys[1]: the text is empty. Give a PEM text.");
    }
}
