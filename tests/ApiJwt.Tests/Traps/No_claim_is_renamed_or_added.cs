using System.Text.Json;
using Hudya.Tests.Support;

namespace Hudya.Tests.Traps;

/// <summary>The old handler of the family renames <c>sub</c>, and both add <c>iat</c> and <c>nbf</c>.</summary>
public class No_claim_is_renamed_or_added
{
    [Fact]
    public void On_the_way_out()
    {
        string token = new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann" });

        using JsonDocument payload = JsonDocument.Parse(Forge.TextOf(token.Split('.')[1]));
        payload.RootElement.EnumerateObject().Select(member => member.Name)
            .Should().BeEquivalentTo("iss", "sub", "exp", "level", "factor", "target", "dnt", "scopes");
    }

    [Fact]
    public void On_the_way_in()
    {
        VerifiedPayload payload = new PlainJwt(TestKeys.Verifying).Decode(Forge.Claims("""{"sub":"ann","exp":4102444800}""")).Payload!;

        payload.Subject.Should().Be("ann");
        foreach (string claim in (string[])["iat", "nbf", "jti", "aud", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier"])
        {
            payload.GetText(claim).Should().BeNull();
            payload.GetInteger(claim).Should().BeNull();
        }
    }
}
