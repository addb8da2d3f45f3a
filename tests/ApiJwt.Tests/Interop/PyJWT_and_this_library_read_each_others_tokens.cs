using System.Text.Json.Nodes;
using Hudya.Tests.Support;

namespace Hudya.Tests.Interop;

public class PyJWT_and_this_library_read_each_others_tokens
{
    [Fact]
    public async Task PyJWT_reads_ours()
    {
        string[] tokens = InteropJwt.Issuer().IssueAll();

        IReadOnlyList<JsonObject> answers = await VerifyAsync(tokens);

        answers.Should().HaveCount(tokens.Length);
        foreach ((string token, JsonObject answer) in tokens.Zip(answers))
            InteropJwt.ShouldBeEqual(answer["payload"], InteropJwt.PayloadOf(token));
    }

    [Fact]
    public async Task We_read_what_PyJWT_signed()
    {
        IReadOnlyList<JsonObject> answers = await IssueAsync();

        InteropJwt.ShouldRead(answers);
    }

    [Fact]
    public async Task For_the_same_request_both_write_the_same_payload()
    {
        IReadOnlyList<JsonObject> answers = await IssueAsync();

        foreach ((string token, JsonObject answer) in InteropJwt.Issuer().IssueAll().Zip(answers))
            InteropJwt.ShouldBeEqual(answer["payload"], InteropJwt.PayloadOf(token));
    }

    [Fact]
    public async Task The_audience_that_the_later_Python_library_requires_can_be_written()
    {
        string token = InteropJwt.Issuer(audience: "aud").Encode(new TokenRequest { Subject = "ann" });

        JsonObject asRequired = (await VerifyAsync([token], audience: "aud"))[0];
        JsonObject otherwise = (await VerifyAsync([token], audience: "other"))[0];

        ((string?)asRequired["payload"]?["sub"]).Should().Be("ann");
        ((string?)otherwise["error"]).Should().Be("InvalidAudienceError");
    }

    [Fact]
    public async Task PyJWT_refuses_what_was_changed_on_the_way()
    {
        string[] tampered = [.. InteropJwt.Issuer().IssueAll().Select(InteropJwt.Tampered)];

        IReadOnlyList<JsonObject> answers = await VerifyAsync(tampered);

        answers.Select(answer => (string?)answer["error"]).Should().AllBe("InvalidSignatureError");
    }

    private static Task<IReadOnlyList<JsonObject>> VerifyAsync(string[] tokens, string? audience = null) =>
        ForeignTool.PyJwt.AskAsync("verify", new JsonObject
        {
            ["publicKey"] = TestKeys.Ours.PublicKeyPem,
            ["tokens"] = InteropJwt.ToJson(tokens),
            ["audience"] = audience,
        });

    private static Task<IReadOnlyList<JsonObject>> IssueAsync() =>
        ForeignTool.PyJwt.AskAsync("issue", new JsonObject
        {
            ["privateKey"] = TestKeys.Ours.PrivateKeyPem,
            ["now"] = InteropJwt.Now.ToUnixTimeMilliseconds() / 1000.0,
            ["timeToLive"] = 3600,
            ["requests"] = new JsonArray([.. WireCase.All.Select(wireCase => wireCase.ToJson())]),
        });
}
