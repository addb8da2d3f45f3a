namespace Hudya.Tests.Attacks;

/// <summary>If the claims differed, a gateway that reads one and a service that reads the other would grant different scopes.</summary>
public class Scopes_that_stand_in_two_claims_must_agree
{
    private const string OfTheCorpus = "\"scopes\":\"scope-of-the-corpus,other-of-the-corpus\"";

    // Added to a payload that has the scopes claim.
    private static readonly string[] Others =
    [
        "\"scope\":\"admin:all\"", "\"scope\":\"\"", "\"scope\":[]", "\"scope\":\" \"", "\"scope\":\"scope-of-the-corpus\"", "\"scope\":\"scope-of-the-corpus other-of-the-corpus admin:all\"",
        "\"scope\":\"scope-of-the-corpus,other-of-the-corpus\"", "\"scope\":\"Scope-of-the-corpus other-of-the-corpus\"", "\"scope\":\"scope-of-the-corpus\\tother-of-the-corpus\"",
        "\"scope\":\"scope-of-the-corpus\\u00a0other-of-the-corpus\"", "\"scope\":[\"scope-of-the-corpus other-of-the-corpus\"]", "\"scope\":[\"scope-of-the-corpus\"]", "\"scope\":null", "\"scope\":{}", "\"scope\":1",
        "\"scp\":\"admin:all\"", "\"scp\":[\"admin:all\"]", "\"scp\":[]", "\"scp\":\"scope-of-the-corpus\"", "\"scp\":null", "\"scp\":false", "\"sc\\u006fpe\":\"admin:all\"", "\"s\\u0063p\":\"admin:all\"",
        "\"scope\":\"scope-of-the-corpus other-of-the-corpus\",\"scp\":\"admin:all\"", "\"scp\":[\"other-of-the-corpus\",\"scope-of-the-corpus\"],\"scope\":\"admin:all\"",
        "\"scope\":\"scope-of-the-corpus other-of-the-corpus\",\"scope\":\"scope-of-the-corpus other-of-the-corpus\"", "\"scopes\":\"scope-of-the-corpus,other-of-the-corpus\"",
    ];

    // In a payload without the scopes claim.
    private static readonly string[] Alone =
    [
        "\"scope\":null", "\"scope\":true", "\"scope\":0", "\"scope\":{}", "\"scope\":{\"admin:all\":true}", "\"scope\":[1]", "\"scope\":[null]", "\"scope\":[[\"a\"]]", "\"scope\":[\"a b\"]", "\"scope\":[\"a\",\" \"]", "\"scope\":[\"a\",{}]",
        "\"scp\":null", "\"scp\":true", "\"scp\":0", "\"scp\":{}", "\"scp\":[1]", "\"scp\":[\"a b\"]", "\"scp\":[\"a\",\" \"]", "\"scope\":\"a\",\"scp\":\"b\"", "\"scope\":\"a b\",\"scp\":[\"a\"]", "\"scp\":\"\",\"scope\":\"a\"",
    ];

    public static HostileFamily Family { get; } = new("scopes in several claims", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void Scope_claims_that_differ_or_are_not_lists_of_scopes_are_refused(string name) => Family.ShouldRefuse(name);

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
