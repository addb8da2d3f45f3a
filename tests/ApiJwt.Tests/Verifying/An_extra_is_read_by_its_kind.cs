using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class An_extra_is_read_by_its_kind
{
    [Theory]
    [InlineData("\"red\"", "red")]
    [InlineData("\"\"", "")]
    [InlineData("\"a,b\"", "a,b")]
    [InlineData("1", null)]
    [InlineData("true", null)]
    [InlineData("null", null)]
    [InlineData("[\"red\"]", null)]
    [InlineData("{\"x\":\"red\"}", null)]
    public void A_text_from_a_string(string json, string? expected)
    {
        Reading.Of($"\"extra\":{json}").GetText("extra").Should().Be(expected);
    }

    [Theory]
    [InlineData("\"42\"", 42L)]
    [InlineData("42", 42L)]
    [InlineData("\"-7\"", -7L)]
    [InlineData("-7", -7L)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("\"99999999999999999999\"", null)]
    [InlineData("1.5", null)]
    [InlineData("1.0", null)]
    [InlineData("\"1.0\"", null)]
    [InlineData("1e3", null)]
    [InlineData("\" 1\"", null)]
    [InlineData("\"1 \"", null)]
    [InlineData("\"1,000\"", null)]
    [InlineData("\"0x10\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("true", null)]
    [InlineData("null", null)]
    [InlineData("[1]", null)]
    [InlineData("[\"1\"]", null)]
    [InlineData("{}", null)]
    public void An_integer_from_a_string_or_a_number(string json, long? expected)
    {
        Reading.Of($"\"extra\":{json}").GetInteger("extra").Should().Be(expected);
    }

    [Theory]
    [InlineData("\"3.1\"", 3.1)]
    [InlineData("3.1", 3.1)]
    [InlineData("\"-0.5\"", -0.5)]
    [InlineData("42", 42.0)]
    [InlineData("\"42\"", 42.0)]
    [InlineData("\"1e+16\"", 1e16)]
    [InlineData("1e-05", 1e-05)]
    [InlineData("\"1e-05\"", 1e-05)]
    [InlineData("1e999", null)]
    [InlineData("\"1e999\"", null)]
    [InlineData("\"nan\"", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"inf\"", null)]
    [InlineData("\"Infinity\"", null)]
    [InlineData("\"-Infinity\"", null)]
    [InlineData("\"3,1\"", null)]
    [InlineData("\"1,000.5\"", null)]
    [InlineData("\" 3.1\"", null)]
    [InlineData("\"3.1 \"", null)]
    [InlineData("\"٣\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("false", null)]
    [InlineData("null", null)]
    [InlineData("[3.1]", null)]
    [InlineData("{}", null)]
    public void A_number_from_a_string_or_a_number(string json, double? expected)
    {
        Reading.Of($"\"extra\":{json}").GetNumber("extra").Should().Be(expected);
    }

    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("\"a,b\"", "a", "b")]
    [InlineData("[\"a\",\"b\"]", "a", "b")]
    [InlineData("\"b,,a,\"", "b", "a")]
    [InlineData("[\"b\",\"\",\"a\"]", "b", "a")]
    [InlineData("\"a, b\"", "a", " b")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    public void A_list_from_a_string_or_an_array(string json, params string[] expected)
    {
        Reading.Of($"\"extra\":{json}").GetList("extra").Should().Equal(expected);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{\"a\":\"b\"}")]
    [InlineData("[1]")]
    [InlineData("[\"a\",1]")]
    [InlineData("[\"a\",null]")]
    [InlineData("[[\"a\"]]")]
    public void And_no_list_from_anything_else(string json)
    {
        Reading.Of($"\"extra\":{json}").GetList("extra").Should().BeNull();
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"True\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"FALSE\"", false)]
    [InlineData("\"\"", null)]
    [InlineData("\"yes\"", null)]
    [InlineData("\" True\"", null)]
    [InlineData("\"True\\u0000\"", null)]
    [InlineData("\"1\"", null)]
    [InlineData("1", null)]
    [InlineData("0", null)]
    [InlineData("null", null)]
    [InlineData("[true]", null)]
    [InlineData("{}", null)]
    public void A_truth_from_a_string_or_a_literal(string json, bool? expected)
    {
        Reading.Of($"\"extra\":{json}").GetBoolean("extra").Should().Be(expected);
    }

    [Fact]
    public void Without_the_claim_there_is_nothing()
    {
        VerifiedPayload without = Reading.Of("\"other\":\"1\"");
        VerifiedPayload bare = Reading.Of("\"factor\":\"1\"");

        foreach (VerifiedPayload payload in (VerifiedPayload[])[without, bare])
        {
            payload.GetText("extra").Should().BeNull();
            payload.GetInteger("extra").Should().BeNull();
            payload.GetNumber("extra").Should().BeNull();
            payload.GetList("extra").Should().BeNull();
            payload.GetBoolean("extra").Should().BeNull();
        }
    }

    [Theory]
    [InlineData("Extra")]
    [InlineData("extra ")]
    [InlineData("")]
    public void Its_name_is_taken_to_the_letter(string name)
    {
        Reading.Of("\"extra\":\"1\"").GetText(name).Should().BeNull();
    }

    [Fact]
    public void Its_name_is_not_null()
    {
        Reading.Of("\"extra\":\"1\"").Invoking(payload => payload.GetText(null!)).Should().Throw<ArgumentNullException>();
    }
}
