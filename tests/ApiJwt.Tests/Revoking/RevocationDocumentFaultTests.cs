using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

/// <summary>A server that answers in place of the auth service can neither revoke a token nor undo a revocation.</summary>
public sealed class RevocationDocumentFaultTests : IDisposable
{
    // The SHA-256 of the subject.
    private const string Ann = "SZFeDX1LQC4wF9AQvBwOg8rGx5fWwW5mNA_jJoaTpqE";

    private const string NotAList = "answered with a document that is not a list of revoked tokens";
    private const string Foreign = "answered with a list whose signature no key of this service verifies";
    private const string Older = "answered with a list that is older than the one before";
    private const string Header = """{"alg":"RS256","typ":"apijwt-revocations+jwt"}""";

    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly AuthServer _server = new();
    private readonly PlainJwt _api;

    public RevocationDocumentFaultTests() => _api = new PlainJwt(_server.Connect(new ApiJwtOptions
    {
        PublicKeys = { TestKeys.Ours.PublicKeyPem },
        RevocationsUri = AuthServer.Revocations,
        TimeProvider = _clock,
    }));

    /// <summary>Documents that would revoke every token, each with one fault.</summary>
    public static TheoryData<string, string, string> Documents
    {
        get
        {
            string good = Payload();
            string[] parts = Forge.Sign(Header, good).Split('.');
            var data = new TheoryData<string, string, string>
            {
                { "forged", Forge.Sign(Header, good, TestKeys.ForeignKey), Foreign },
                { "forged, with a known key id", Forge.Sign($$"""{"alg":"RS256","typ":"apijwt-revocations+jwt","kid":"{{TestKeys.Ours.KeyId}}"}""", good, TestKeys.ForeignKey), Foreign },
                { "with another payload", $"{parts[0]}.{Forge.Encode(Payload(iat: "2000000000"))}.{parts[2]}", Foreign },
                { "without a signature", $"{parts[0]}.{parts[1]}.", NotAList },
                { "unsigned", $"{Forge.Encode("""{"alg":"none","typ":"apijwt-revocations+jwt"}""")}.{parts[1]}.{parts[2]}", NotAList },
                { "of another algorithm", Forge.Sign("""{"alg":"RS384","typ":"apijwt-revocations+jwt"}""", good), NotAList },
                { "of another type", Forge.Sign("""{"alg":"RS256","typ":"statuslist+jwt"}""", good), NotAList },
                { "of no type", Forge.Sign("""{"alg":"RS256"}""", good), NotAList },
                { "of the type of a token", Forge.Sign(Forge.Rs256Header, good), NotAList },
                { "with a critical extension", Forge.Sign("""{"alg":"RS256","typ":"apijwt-revocations+jwt","crit":["exp"]}""", good), NotAList },
                { "an access token", Forge.Claims(Forge.GoodPayload), NotAList },
                { "an access token of its type", Forge.Sign(Header, Forge.GoodPayload), NotAList },
                { "nothing", "", NotAList },
                { "a page", "<html>Service unavailable</html>", NotAList },
                { "JSON", good, NotAList },
                { "with a line break", Forge.Sign(Header, good) + "\n", NotAList },
                { "too large", new string('x', (8 * 1024 * 1024) + 1), "answered with more than 8388608 bytes" },
                { "expired", Forge.Sign(Header, Payload(exp: $"{Clock.Start}")), "answered with a list that has expired, by this service's clock" },
                { "from the future", Forge.Sign(Header, Payload(iat: $"{Clock.Start + 301}", exp: $"{Clock.Start + 600}")), "answered with a list from the future, by this service's clock" },
            };
            string[] payloads =
            [
                Payload(iat: "\"1767323045\""), Payload(iat: "null"), Payload(iat: "1e400"), Payload(iat: "1e20"), Payload(iat: "7e28"), Payload(iat: "-1e20"), Payload(exp: "true"),
                Payload(tokens: "[]"), Payload(tokens: "null"), Payload(tokens: "{\"a\":\"1\"}"), Payload(tokens: "{\"\":4102444800}"), Payload(tokens: "{\"a\":4102444800,\"a\":4102444801}"), Payload(tokens: "{\"a\":[]}"),
                Payload(subjects: "[]"), Payload(subjects: $"{{\"{Ann}\":[]}}"), Payload(subjects: $"{{\"{Ann}\":[1]}}"), Payload(subjects: $"{{\"{Ann}\":1}}"), Payload(subjects: $"{{\"{Ann}\":[1,\"x\"]}}"), Payload(subjects: "{\"\":[1,4102444800]}"), Payload(subjects: "{\"ann\":[1,4102444800]}"), Payload(subjects: $"{{\"{Ann[1..]}=\":[1,4102444800]}}"),
                Payload(all: "[]"), Payload(all: "[1]"), Payload(all: "1"), Payload(all: "{}"), Payload(all: "null"),
                Payload()[..^1], Payload() + "{}", Payload().Replace("\"iat\"", "\"Iat\"", StringComparison.Ordinal), Payload().Replace("\"tokens\"", "\"token\"", StringComparison.Ordinal), "[]", "{}",
            ];
            foreach (string payload in payloads)
                data.Add(payload, Forge.Sign(Header, payload), NotAList);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_document_with_a_fault_changes_nothing(string what, string document, string fault)
    {
        string token = Forge.Claims("""{"sub":"ann","exp":4102444800,"jti":"a"}""");
        await FetchAsync(document);
        _api.Decode(token).Failure.Should().Be(TokenFailure.RevocationsUnavailable, what);
        _api.Revocations.Sources.Single().Fault.Should().Be(fault);

        await FetchAsync(Forge.Sign(Header, Payload(tokens: "{}", subjects: "{}", all: null)));
        _api.Decode(token).IsValid.Should().BeTrue();
        await FetchAsync(document);

        _api.Decode(token).IsValid.Should().BeTrue();
        _api.Revocations.Count.Should().Be(0);
        _api.Revocations.Sources.Single().Fault.Should().Be(fault);
    }

    /// <summary>The clock of the auth service may be ahead by up to five minutes.</summary>
    [Theory]
    [InlineData(0), InlineData(300)]
    public async Task The_same_document_without_a_fault_revokes_everything(int secondsAhead)
    {
        await FetchAsync(Forge.Sign(Header, Payload(iat: $"{Clock.Start + secondsAhead}")));

        _api.Revocations.Count.Should().Be(3);
        _api.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800}""")).Failure.Should().Be(TokenFailure.Revoked);
    }

    /// <summary>Each document is compared with the newest one so far, so that many small steps back are refused too.</summary>
    [Theory]
    [InlineData(0, null, 60), InlineData(0, Older, 61), InlineData(0, Older, 40, 80), InlineData(300, Older, 300), InlineData(300, Older, 40, 80)]
    public async Task A_document_that_is_older_than_the_newest_one_is_refused(int secondsAhead, string? fault, params int[] secondsOlder)
    {
        long newest = Clock.Start + secondsAhead;
        await FetchAsync(Forge.Sign(Header, Payload(iat: $"{newest}", tokens: "{\"b\":4102444800}", subjects: "{}", all: null)));

        foreach (int seconds in secondsOlder)
            await FetchAsync(Forge.Sign(Header, Payload(iat: $"{newest - seconds}", tokens: "{}", subjects: "{}", all: null)));

        _api.Revocations.Sources.Single().Fault.Should().Be(fault);
        _api.Revocations.Entries.Should().ContainSingle().Which.TokenId.Should().Be("b");
    }

    public void Dispose() => _server.Dispose();

    private static string Payload(
        string? iat = null, string exp = "4102444800", string tokens = "{\"a\":4102444800}", string subjects = $"{{\"{Ann}\":[1767323045,4102444800]}}", string? all = "[1767323045.5,4102444800.25]") =>
        $"{{\"iat\":{iat ?? $"{Clock.Start}"},\"exp\":{exp},\"ttl\":5,\"tokens\":{tokens},\"subjects\":{subjects}{(all is null ? "" : $",\"all\":{all}")}}}";

    private async Task FetchAsync(string document)
    {
        _server.Publish(AuthServer.Revocations, document);
        await _api.Revocations.RefreshAsync(TestContext.Current.CancellationToken);
    }
}
