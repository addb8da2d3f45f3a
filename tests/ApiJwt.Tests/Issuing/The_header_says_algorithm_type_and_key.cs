using System.Text.Json.Nodes;
using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class The_header_says_algorithm_type_and_key
{
    [Fact]
    public void And_nothing_else()
    {
        string token = new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann" });

        JsonObject header = JsonNode.Parse(Wire.HeaderOf(token))!.AsObject();
        header.Select(member => member.Key).Should().BeEquivalentTo("alg", "typ", "kid");
        header["alg"]!.GetValue<string>().Should().Be("RS256");
        header["typ"]!.GetValue<string>().Should().Be("JWT");
        header["kid"]!.GetValue<string>().Should().Be(TestKeys.Ours.KeyId);
    }
}
