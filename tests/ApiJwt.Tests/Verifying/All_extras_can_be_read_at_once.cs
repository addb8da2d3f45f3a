using System.Text.Json;
using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class All_extras_can_be_read_at_once
{
    private const string Everything = """
        "iss":"auth_user","level":"1.0","factor":"otp","target":"","dnt":"0","scopes":"a","scope":"a","scp":"a","nbf":1,"iat":1,"jti":"1","team":"red","limits":[1,2],"Team":"blue","empty":null
        """;

    [Fact]
    public void As_JSON_without_the_claims_that_have_a_property()
    {
        IReadOnlyDictionary<string, JsonElement> extras = Reading.Of(Everything).Extras;

        extras.Keys.Should().Equal("team", "limits", "Team", "empty");
        extras["team"].GetString().Should().Be("red");
        extras["limits"].EnumerateArray().Select(limit => limit.GetInt32()).Should().Equal(1, 2);
        extras["empty"].ValueKind.Should().Be(JsonValueKind.Null);
        extras.ContainsKey("TEAM").Should().BeFalse("names are compared to the letter");
    }

    [Fact]
    public void Which_cannot_be_changed()
    {
        VerifiedPayload payload = Reading.Of(Everything);

        FluentActions.Invoking(() => ((IDictionary<string, JsonElement>)payload.Extras).Clear()).Should().Throw<NotSupportedException>();
        payload.Extras.Should().BeSameAs(payload.Extras);
    }

    [Theory]
    [InlineData("\"level\":\"1.0\"")]
    [InlineData("\"jti\":\"1\",\"iat\":1")]
    public void And_there_may_be_none(string members) => Reading.Of(members).Extras.Should().BeEmpty();
}
