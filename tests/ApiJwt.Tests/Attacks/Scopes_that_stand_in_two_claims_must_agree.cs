using Hudya.Tests.Support;

namespace Hudya.Tests.Attacks;

/// <summary>Or a gateway that reads one claim and a service that reads another would grant different things.</summary>
public class Scopes_that_stand_in_two_claims_must_agree
{
    private const string OfTheCorpus = "\"scopes\":\"scope-of-the-corpus,other-of-the-corpus\"";

    // Beside the scopes of the corpus.
    private static readonly string[] Others =
    [
        "\"scope\":\"admin:all\"", "\"scope\":\"\"", "\"scope\":[]", "\"scope\":\" \"", "\"scope\":\"scope-of-the-corpus\"", "\"scope\":\"scope-of-the-corpus other-of-the-corpus admin:all\"",
        "\"scope\":\"scope-of-the-corpus,other-of-the-corpus\"", "\"scope\":\"Scope-of-the-corpus other-of-the-corpus\"", "\"scope\":\"scope-of-the-corpus\\tother-of-the-corpus\"",
        "\"scope\":\"scope-of-the-corpus\\u00a0other-of-the-corpus\"", "\"scope\":[\"scope-of-the-corpus other-of-the-corpus\"]", "\"scope\":[\"scope-of-the-corpus\"]", "\"scope\":null", "\"scope\":{}", "\"scope\":1",
        "\"scp\":\"admin:all\"", "\"scp\":[\"admin:all\"]", "\"scp\":[]", "\"scp\":\"scope-of-the-corpus\"", "\"scp\":null", "\"scp\":false", "\"sc\\u006fpe\":\"admin:all\"", "\"s\\u0063p\":\"admin:all\"",
        "\"scope\":\"scope-of-the-corpus other-of-the-corpus\",\"scp\":\"admin:all\"", "\"scp\":[\"other-of-the-corpus\",\"scope-of-the-corpus\"],\"scope\":\"admin:all\"",
        "\"scope\":\"scope-of-the-corpus other-of-the-corpus\",\"scope\":\"scope-of-the-corpus other-of-the-corpus\"", "\"scopes\":\"scope-of-the-corpus,other-of-the-corpus\"",
    ];

    // Alone.
    private static readonly string[] Alone =
    [
        "\"scope\":null", "\"scope\":true", "\"scope\":0", "\"scope\":{}", "\"scope\":{\"admin:all\":true}", "\"scope\":[1]", "\"scope\":[null]", "\"scope\":[[\"a\"]]", "\"scope\":[\"a b\"]", "\"scope\":[\"a\",\" \"]", "\"scope\":[\"a\",{}]",
        "\"scp\":null", "\"scp\":true", "\"scp\":0", "\"scp\":{}", "\"scp\":[1]", "\"scp\":[\"a b\"]", "\"scp\":[\"a\",\" \"]", "\"scope\":\"a\",\"scp\":\"b\"", "\"scope\":\"a b\",\"scp\":[\"a\"]", "\"scp\":\"\",\"scope\":\"a\"",
    ];

    public static HostileFamily Family { get; } = new("scopes in several claims", Tokens());

    public static TheoryData<string> Rows => Family.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void And_each_must_be_a_list_of_scopes(string name) => Family.ShouldRefuse(name);

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach (string members in Others)
        {
            yield return new($"after scopes: {members}", Forge.Claims(GoodClaims.Plus(members)), TokenFailure.Malformed);
            yield return new($"before scopes: {members}", Forge.Claims(GoodClaims.Without("scopes")[..^1] + $",{members},{OfTheCorpus}}}"), TokenFailure.Malformed);
        }

        foreach (string members in Alone)
            yield return new(members, Forge.Claims(GoodClaims.Without("scopes")[..^1] + $",{members}}}"), TokenFailure.Malformed);
    }
}
