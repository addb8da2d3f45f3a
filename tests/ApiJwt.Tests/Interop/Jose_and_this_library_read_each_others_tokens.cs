using System.Text.Json.Nodes;
using Hudya.Tests.Support;

namespace Hudya.Tests.Interop;

public class Jose_and_this_library_read_each_others_tokens
{
    [Fact]
    public async Task Jose_reads_ours_with_the_public_key()
    {
        string[] tokens = InteropJwt.Issuer().IssueAll();

        IReadOnlyList<JsonObject> answers = await VerifyAsync("publicKey", TestKeys.Ours.PublicKeyPem, tokens);

        ShouldHaveRead(answers, tokens, TestKeys.Ours.KeyId);
    }

    [Fact]
    public async Task Jose_finds_the_key_of_ours_in_our_key_set()
    {
        // Two keys: without the right kid, jose would not know which to take.
        JsonNode jwks = JsonNode.Parse(InteropJwt.Verifier().Keys.ToJwks())!;
        string[] ours = InteropJwt.Issuer(TestKeys.Ours).IssueAll();
        string[] second = InteropJwt.Issuer(TestKeys.Second).IssueAll();

        IReadOnlyList<JsonObject> answers = await VerifyAsync("jwks", jwks, [.. ours, .. second]);

        ShouldHaveRead([.. answers.Take(ours.Length)], ours, TestKeys.Ours.KeyId);
        ShouldHaveRead([.. answers.Skip(ours.Length)], second, TestKeys.Second.KeyId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task We_read_what_jose_signed_with_and_without_a_key_id(bool hasKeyId)
    {
        JsonObject[] payloads = [.. InteropJwt.Issuer().IssueAll().Select(InteropJwt.PayloadOf)];

        IReadOnlyList<JsonObject> answers = await IssueAsync(payloads, hasKeyId ? TestKeys.Ours.KeyId : null);

        InteropJwt.ShouldRead(answers);
    }

    [Fact]
    public async Task We_read_arrays_and_numbers_where_a_service_in_JavaScript_writes_them()
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

        JsonObject answer = (await IssueAsync([payload], keyId: null))[0];

        VerifiedPayload read = InteropJwt.Verifier().Decode((string?)answer["token"]).Payload!;
        read.Level.Should().Be(3.5);
        read.DoNotTrack.Should().Be(DoNotTrack.NotAnonymous);
        read.Scopes.Should().BeEquivalentTo("support:mobile", "support:power");
        read.GetInteger("quota").Should().Be(42);
    }

    [Fact]
    public async Task Jose_refuses_what_was_changed_on_the_way()
    {
        string[] tampered = [.. InteropJwt.Issuer().IssueAll().Select(InteropJwt.Tampered)];

        IReadOnlyList<JsonObject> answers = await VerifyAsync("publicKey", TestKeys.Ours.PublicKeyPem, tampered);

        answers.Select(answer => (string?)answer["error"]).Should().AllBe("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
    }

    private static void ShouldHaveRead(IReadOnlyList<JsonObject> answers, string[] tokens, string keyId)
    {
        answers.Should().HaveCount(tokens.Length);
        foreach ((string token, JsonObject answer) in tokens.Zip(answers))
        {
            InteropJwt.ShouldBeEqual(answer["payload"], InteropJwt.PayloadOf(token));
            InteropJwt.ShouldBeEqual(answer["header"], new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = keyId });
        }
    }

    private static Task<IReadOnlyList<JsonObject>> VerifyAsync(string keyForm, JsonNode key, string[] tokens) =>
        ForeignTool.Jose.AskAsync("verify", new JsonObject { [keyForm] = key, ["tokens"] = InteropJwt.ToJson(tokens) });

    private static Task<IReadOnlyList<JsonObject>> IssueAsync(JsonObject[] payloads, string? keyId) =>
        ForeignTool.Jose.AskAsync("issue", new JsonObject
        {
            ["privateKey"] = TestKeys.Ours.PrivateKeyPem,
            ["keyId"] = keyId,
            ["payloads"] = new JsonArray([.. payloads]),
        });
}
