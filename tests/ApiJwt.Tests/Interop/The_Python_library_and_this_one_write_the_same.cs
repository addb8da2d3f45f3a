using System.Text.Json.Nodes;

namespace Hudya.Tests.Interop;

public class The_Python_library_and_this_one_write_the_same
{
    [Fact]
    public async Task Both_libraries_write_the_same_payload_for_the_same_request()
    {
        IReadOnlyList<JsonObject> answers = await ForeignTool.Original.AskAsync("issue", InteropJwt.ToOriginal(WireCase.All.Select(wireCase => wireCase.ToJson())));

        string[] ours = InteropJwt.Issuer().IssueAll();
        answers.Should().HaveCount(ours.Length);
        foreach ((string token, JsonObject answer) in ours.Zip(answers))
            InteropJwt.ShouldBeEqual(answer["payload"], Wire.ClaimsOf(token));
    }

    [Fact]
    public async Task An_audience_that_a_later_Python_library_requires_can_be_written()
    {
        string token = InteropJwt.Issuer(audience: "aud").Encode(new TokenRequest { Subject = "ann" });

        JsonObject asRequired = await VerifyAsync(token, audience: "aud");
        JsonObject otherwise = await VerifyAsync(token, audience: "other");

        ((string?)asRequired["payload"]?["sub"]).Should().Be("ann");
        ((string?)otherwise["error"]).Should().Be("InvalidAudienceError");
    }

    private static async Task<JsonObject> VerifyAsync(string token, string audience)
    {
        JsonObject question = InteropJwt.ToVerify([token]);
        question["audience"] = audience;
        return (await ForeignTool.PyJwt.AskAsync("verify", question))[0];
    }
}
