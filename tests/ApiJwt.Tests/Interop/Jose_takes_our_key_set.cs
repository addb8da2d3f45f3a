using System.Text.Json.Nodes;
using Hudya.Tests.Support;

namespace Hudya.Tests.Interop;

public class Jose_takes_our_key_set_and_we_take_its_arrays_and_numbers
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

    [Fact]
    public async Task We_read_scopes_and_numbers_as_a_service_in_JavaScript_writes_them()
    {
        JsonObject payload = new()
        {
            ["sub"] = "ann",
            ["exp"] = InteropJwt.Expiry.ToUnixTimeSeconds(),
            ["level"] = 3.5,
            ["dnt"] = 2,
            ["scopes"] = new JsonArray("support:mobile", "support:power"),
            ["quota"] = 42,
        };

        JsonObject answer = (await ForeignTool.Jose.AskAsync("issue", InteropJwt.ToIssue([payload], keyIds: null as string)))[0];

        VerifiedPayload read = InteropJwt.Verifier().Decode((string?)answer["token"]).Payload!;
        read.Level.Should().Be(3.5);
        read.DoNotTrack.Should().Be(DoNotTrack.NotAnonymous);
        read.Scopes.Should().BeEquivalentTo("support:mobile", "support:power");
        read.GetInteger("quota").Should().Be(42);
    }
}
