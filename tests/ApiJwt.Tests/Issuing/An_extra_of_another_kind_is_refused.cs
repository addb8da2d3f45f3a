using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class An_extra_of_another_kind_is_refused
{
    private static readonly PlainJwt Jwt = new(TestKeys.Issuing, policy =>
    {
        policy.AllowExtra(Extra.Text("text", "none"));
        policy.AllowExtra(Extra.Integer("integer", 0));
        policy.AllowExtra(Extra.Number("number", 0));
        policy.AllowExtra(Extra.TextList("list", []));
    });

    private static readonly Dictionary<string, ClaimValue> Values = new()
    {
        ["a text"] = "1",
        ["an integer"] = 1L,
        ["a number"] = 1.5,
        ["an infinite number"] = double.PositiveInfinity,
        ["no number"] = double.NaN,
        ["a list"] = ClaimValue.From(["1"]),
        ["half a character"] = "\ud800",
    };

    [Theory]
    [InlineData("text", "a text", "1")]
    [InlineData("integer", "an integer", "1")]
    [InlineData("number", "a number", "1.5")]
    [InlineData("number", "an integer", "1.0")]
    [InlineData("list", "a list", "1")]
    [InlineData("list", "a text", "1")]
    public void One_of_its_kind_is_issued(string extra, string value, string expected)
    {
        Wire.TextOf(Jwt.Encode(Request(extra, Values[value])), extra).Should().Be(expected);
    }

    [Theory]
    [InlineData("text", "an integer", "a text")]
    [InlineData("text", "a number", "a text")]
    [InlineData("text", "a list", "a text")]
    [InlineData("text", "half a character", "lone surrogate")]
    [InlineData("integer", "a text", "an integer")]
    [InlineData("integer", "a number", "an integer")]
    [InlineData("integer", "a list", "an integer")]
    [InlineData("number", "a text", "a finite number")]
    [InlineData("number", "a list", "a finite number")]
    [InlineData("number", "an infinite number", "a finite number")]
    [InlineData("number", "no number", "a finite number")]
    [InlineData("list", "an integer", "a list of text")]
    [InlineData("list", "a number", "a list of text")]
    [InlineData("list", "half a character", "lone surrogate")]
    public void One_of_another_is_not(string extra, string value, string expected)
    {
        PolicyViolationException violation = Refusal.Of(Jwt, Request(extra, Values[value]));

        (violation.Claim, violation.Key).Should().Be((extra, "user"));
        violation.Message.Should().Contain($"'{extra}'").And.Contain(expected);
    }

    [Theory]
    [InlineData("text", "none")]
    [InlineData("integer", "0")]
    [InlineData("number", "0.0")]
    [InlineData("list", "")]
    public void Without_a_value_it_has_its_default(string extra, string expected)
    {
        Wire.TextOf(Jwt.Encode(Request(extra, default)), extra).Should().Be(expected);
        Wire.TextOf(Jwt.Encode(Request(extra, (string?)null)), extra).Should().Be(expected);
        Wire.TextOf(Jwt.Encode(Request(extra, (string[]?)null)), extra).Should().Be(expected);
    }

    private static TokenRequest Request(string extra, ClaimValue value) =>
        new() { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { [extra] = value } };
}
