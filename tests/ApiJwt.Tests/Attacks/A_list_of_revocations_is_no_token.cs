namespace Hudya.Tests.Attacks;

/// <summary>The published list is signed with the key that signs tokens, and anyone can fetch it, so it must not pass as a token.</summary>
public class A_list_of_revocations_is_no_token
{
    private static readonly string[] Types = ["apijwt-revocations+jwt", "APIJWT-Revocations+JWT", "application/apijwt-revocations+jwt", "apijwt\\u002drevocations+jwt"];

    private static readonly string[] Lists =
    [
        """{"iat":1767225600,"exp":4102444800,"ttl":5,"tokens":{},"subjects":{}}""",
        """{"iat":1767225600,"exp":4102444800,"ttl":5,"tokens":{"f81d4fae":4102444800},"subjects":{"subject-of-the-corpus":[1767225600,4102444800]},"all":[1767225600,4102444800]}""",
        // A subject in the list is text that a caller chose.
        """{"iat":1767225600,"exp":4102444800,"ttl":5,"tokens":{},"subjects":{"sub\":\"root\",\"x":[1767225600,4102444800]}}""",
        // This library never writes the claims of a token beside the list.
        """{"iat":1767225600,"exp":4102444800,"sub":"subject-of-the-corpus","iss":"auth_user","scopes":"admin:all","tokens":{},"subjects":{}}""",
    ];

    public static HostileFamily Family { get; } = new("lists of revocations", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_list_is_refused_whatever_it_contains(string name) => Family.ShouldRefuse(name);

    /// <summary>The subject and the token id in the list are texts that a caller chose.</summary>
    [Theory]
    [InlineData("sub"), InlineData("root\",\"sub\":\"root"), InlineData("\"},\"sub\":\"root\",\"exp\":4102444800,\"x\":{\""), InlineData("a.b.c")]
    [InlineData("__proto__")]
    public async Task A_list_that_this_library_publishes_is_refused_as_a_token(string chosen)
    {
        var auth = new PlainJwt(TestKeys.Issuing);
        auth.Revocations.RevokeSubject(chosen);
        auth.Revocations.RevokeToken(chosen, DateTimeOffset.MaxValue);

        string document = await auth.Revocations.ToDocumentAsync(TestContext.Current.CancellationToken);

        auth.Decode(document).Failure.Should().Be(TokenFailure.UnsupportedHeader);
        Wire.ClaimsOf(document).Select(claim => claim.Key).Should().BeEquivalentTo("iat", "exp", "ttl", "tokens", "subjects");
        auth.Decode(Forge.Sign(Forge.Rs256Header, Wire.PayloadOf(document))).Failure.Should().Be(TokenFailure.Malformed, "it has no subject either");
    }

    /// <summary>A service that follows a list is sent each hostile token in its place, and reports a fault.</summary>
    [Fact]
    public async Task A_hostile_token_is_refused_as_a_list()
    {
        using var server = new AuthServer();
        var api = new PlainJwt(server.Connect(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem }, RevocationsUri = AuthServer.Revocations }));
        foreach (HostileToken token in Corpus.Families.Where(family => family != Family).SelectMany(family => family.Tokens))
        {
            server.Publish(AuthServer.Revocations, token.Token);
            await api.Revocations.RefreshAsync(TestContext.Current.CancellationToken);
            api.Revocations.Sources.Single().Fault.Should().StartWith("answered with", "it is {0}", token.Name);
        }

        api.Revocations.Sources.Single().LastLoaded.Should().BeNull();
        api.Revocations.Count.Should().Be(0);
    }

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach (string type in Types)
        {
            foreach (string list in Lists)
                yield return new($"typ {type}: {list}", Forge.Sign($$"""{"alg":"RS256","typ":"{{type}}"}""", list), TokenFailure.UnsupportedHeader);
        }

        foreach (string list in Lists.SkipLast(1))
            yield return new($"typ JWT: {list}", Forge.Sign(Forge.Rs256Header, list), TokenFailure.Malformed);
    }
}
