using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

/// <summary>Not even by a cast: the same payload answers the next decode of the token.</summary>
public class A_payload_cannot_be_changed
{
    private static readonly PlainJwt Service = new(TestKeys.Verifying);

    [Theory]
    [InlineData("\"read\"")]
    [InlineData("[\"read\"]")]
    [InlineData("\"\"")]
    public void Through_its_scopes(string scopes)
    {
        string token = Reading.TokenWith($"\"scopes\":{scopes}");
        VerifiedPayload payload = Service.Decode(token).Payload!;
        int count = payload.Scopes.Count;

        FluentActions.Invoking(() => ((ICollection<string>)payload.Scopes).Add("admin:all")).Should().Throw<Exception>();
        FluentActions.Invoking(() => ((ICollection<string>)payload.Scopes).Clear()).Should().Throw<Exception>();

        foreach (VerifiedPayload seen in (VerifiedPayload[])[payload, Service.Decode(token).Payload!])
        {
            seen.Scopes.Should().HaveCount(count);
            seen.HasScope("admin:all").Should().BeFalse();
        }
    }

    [Theory]
    [InlineData("\"a,b\"")]
    [InlineData("[\"a\",\"b\"]")]
    public void Through_a_list(string list)
    {
        string token = Reading.TokenWith($"\"groups\":{list}");
        VerifiedPayload payload = Service.Decode(token).Payload!;

        try
        {
            ((IList<string>)payload.GetList("groups")!)[0] = "root";
        }
        catch (NotSupportedException)
        {
            // A refusal is as good as a change that reaches nobody.
        }

        payload.GetList("groups").Should().Equal("a", "b");
        Service.Decode(token).Payload!.GetList("groups").Should().Equal("a", "b");
    }
}
