using System.Text.Json.Nodes;
using Hudya.Tests.Readme;

namespace Hudya.Tests.Interop;

public class JWT_libraries_and_this_one_read_each_others_tokens(ITestOutputHelper output)
{
    /// <summary>The libraries, each with the error that it reports for a wrong signature.</summary>
    private static readonly (ForeignTool Library, string WrongSignature)[] Table =
    [
        (ForeignTool.PyJwt, "InvalidSignatureError"),
        (ForeignTool.Jose, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"),
        (new("jsonwebtoken", "node", "npm.mjs", "jsonwebtoken"), "invalid signature"),
        (new("fast-jwt", "node", "npm.mjs", "fast-jwt"), "FAST_JWT_INVALID_SIGNATURE"),
        (new("golang-jwt", "bash", "golang_jwt.sh"), "ErrTokenSignatureInvalid"),
        (new("ruby-jwt", ForeignTool.Debian("ruby"), "ruby_jwt.rb"), "JWT::VerificationError"),
        (new("firebase/php-jwt", "php", "-d", "display_errors=stderr", "php_jwt.php"), @"Firebase\JWT\SignatureInvalidException"),
        (new("google-http-client", "bash", "google_jwt.sh"), "verifySignature is false"),
    ];

    public static TheoryData<string> Libraries => [.. Table.Select(row => row.Library.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Each_side_reads_the_tokens_of_the_other_and_changed_tokens_are_refused(string name)
    {
        (ForeignTool library, string wrongSignature) = Table.Single(row => row.Library.Name == name);
        string version = await library.VersionAsync();
        string[] ours = InteropJwt.Issuer().IssueAll();
        string[] tampered = [.. ours.Select(InteropJwt.Tampered)];
        JsonObject[] payloads = [.. ours.Select(Wire.ClaimsOf)];

        Task<IReadOnlyList<JsonObject>> reading = library.AskAsync("verify", InteropJwt.ToVerify([.. ours, .. tampered]));
        Task<IReadOnlyList<JsonObject>> signing = library.AskAsync("issue", InteropJwt.ToIssue(payloads, TestKeys.Ours.KeyId, null));
        IReadOnlyList<JsonObject> read = await reading;
        IReadOnlyList<JsonObject> signed = await signing;

        read.Should().HaveCount(ours.Length + tampered.Length);
        foreach ((JsonObject payload, JsonObject answer) in payloads.Zip(read))
            InteropJwt.ShouldBeEqual(answer["payload"], payload);
        read.Skip(ours.Length).Select(answer => (string?)answer["error"]).Should().AllBe(wrongSignature);

        InteropJwt verifier = InteropJwt.Verifier();
        signed.Should().HaveCount(2 * WireCase.All.Count, "each payload is signed with and without a key id");
        foreach ((WireCase wireCase, JsonObject answer) in WireCase.All.Concat(WireCase.All).Zip(signed))
        {
            DecodeResult result = verifier.Decode((string?)answer["token"]);
            result.IsValid.Should().BeTrue(result.Reason);
            wireCase.ShouldBeWhat(result.Payload!);
        }

        output.WriteLine($"{name,-18} {version,-7} {ours.Length,3} of our tokens read {signed.Count,3} of theirs read {tampered.Length,3} tampered refused");
    }

    /// <summary>The tokens are those of INTEROP.md. A library that can check the type, the audience or the issuer is told to do so.</summary>
    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Other_libraries_read_our_tokens_that_follow_RFC_9068(string name)
    {
        (ForeignTool library, string wrongSignature) = Table.Single(row => row.Library.Name == name);
        string token = The_interop_page_is_true.Token;
        JsonObject question = InteropJwt.ToVerify([token, InteropJwt.Tampered(token)]);
        question["audience"] = "orders";
        question["issuer"] = "https://auth.example.com";
        question["typ"] = "at+jwt";

        IReadOnlyList<JsonObject> answers = await library.AskAsync("verify", question);

        InteropJwt.ShouldBeEqual(answers[0]["payload"], Wire.ClaimsOf(token));
        ((string?)answers[1]["error"]).Should().Be(wrongSignature);
    }
}
