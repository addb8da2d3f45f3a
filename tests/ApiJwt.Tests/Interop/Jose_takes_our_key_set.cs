using System.Text.Json.Nodes;

namespace Hudya.Tests.Interop;

public class Jose_takes_our_key_set
{
    [Fact]
    public async Task Jose_finds_our_key_in_our_key_set_by_its_id()
    {
        // The set has two keys, so that jose needs the key id to choose one.
        string[] tokens = [.. InteropJwt.Issuer(TestKeys.Ours).IssueAll(), .. InteropJwt.Issuer(TestKeys.Second).IssueAll()];

        IReadOnlyList<JsonObject> answers = await ForeignTool.Jose.AskAsync("verify", new JsonObject
        {
            ["jwks"] = JsonNode.Parse(InteropJwt.Verifier().Keys.ToJwks()),
            ["tokens"] = InteropJwt.ToJson(tokens),
        });

        answers.Should().HaveCount(tokens.Length);
        foreach ((string token, JsonObject answer) in tokens.Zip(answers))
            InteropJwt.ShouldBeEqual(answer["payload"], Wire.ClaimsOf(token));
    }
}
