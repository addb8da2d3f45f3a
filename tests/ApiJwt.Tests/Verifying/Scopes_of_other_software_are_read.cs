using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

/// <summary><c>scope</c> is that of RFC 8693, section 4.2, and RFC 9068; <c>scp</c> is what some providers write for it.</summary>
public class Scopes_of_other_software_are_read
{
    private const string Refused = "refused";

    public static TheoryData<string, string> Table => new()
    {
        { "\"scope\":\"a\"", "a" },
        { "\"scope\":\"a b\"", "a|b" },
        { "\"scope\":\" a  b \"", "a|b" },
        { "\"scope\":\"a,b\"", "a,b" },
        { "\"scope\":\"a\\tb\"", "a\tb" },
        { "\"scope\":\"\"", "" },
        { "\"scope\":[\"a\",\"b\"]", "a|b" },
        { "\"scope\":[\"a\",\"\"]", "a" },
        { "\"scope\":[]", "" },
        { "\"scope\":[\"a b\"]", Refused },
        { "\"scope\":[\"a\",1]", Refused },
        { "\"scope\":null", Refused },
        { "\"scope\":1", Refused },
        { "\"scope\":{\"a\":true}", Refused },
        { "\"scp\":\"a b\"", "a|b" },
        { "\"scp\":[\"a\",\"b\"]", "a|b" },
        { "\"scp\":[\"a b\"]", Refused },
        { "\"scp\":true", Refused },
        { "\"scopes\":\"a,b\",\"scope\":\"b a\"", "a|b" },
        { "\"scopes\":\"a,b,a\",\"scope\":\"b a\"", "a|b" },
        { "\"scope\":\"a b\",\"scp\":[\"b\",\"a\"],\"scopes\":[\"a\",\"b\"]", "a|b" },
        { "\"scopes\":\"\",\"scope\":\"\"", "" },
        { "\"scopes\":\"a,b\",\"scope\":\"a\"", Refused },
        { "\"scopes\":\"a\",\"scope\":\"a b\"", Refused },
        { "\"scopes\":\"a\",\"scope\":\"A\"", Refused },
        { "\"scopes\":\"\",\"scope\":\"a\"", Refused },
        { "\"scope\":\"\",\"scopes\":\"a\"", Refused },
        { "\"scopes\":[],\"scp\":\"a\"", Refused },
        { "\"scope\":\"a\",\"scp\":\"b\"", Refused },
        { "\"scopes\":\"a\",\"scope\":\"a\",\"scp\":\"b\"", Refused },
        { "\"scopes\":\"a b\",\"scope\":\"a b\"", Refused },
        { "\"scopes\":\"a\",\"scope\":null", Refused },
        { "\"SCOPE\":\"a\",\"Scp\":\"b\"", "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void And_two_claims_must_name_the_same_set(string members, string expected)
    {
        DecodeResult result = new PlainJwt(TestKeys.Verifying).Decode(Reading.TokenWith(members));

        if (expected == Refused)
        {
            result.Failure.Should().Be(TokenFailure.Malformed);
            result.Reason.Should().MatchRegex("'(scopes|scope|scp)'");
        }
        else
        {
            result.Payload!.Scopes.Should().BeEquivalentTo(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public void Without_a_property_for_each_name()
    {
        VerifiedPayload payload = Reading.Of("\"scope\":\"a b\",\"scp\":[\"a\",\"b\"]");

        payload.Extras.Should().BeEmpty();
        payload.HasAllScopes("a", "b").Should().BeTrue();
    }
}
