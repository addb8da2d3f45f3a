namespace Hudya.Tests.Attacks;

/// <summary>Of two members with the same name, some JSON readers take the first and some the last.</summary>
public class No_member_stands_twice
{
    public static HostileFamily Family { get; } = new("duplicate members", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_duplicate_member_is_refused_at_any_depth_and_in_any_spelling(string name) => Family.ShouldRefuse(name);

    private static IEnumerable<HostileToken> Tokens()
    {
        string[] headers =
        [
            """ "alg":"RS256" """, """ "alg":"none" """, """ "alg":null """, """ "\u0061lg":"RS256" """, """ "al\u0067":"HS256" """, """ "\u0061\u006c\u0067":"none" """,
            """ "typ":"JWT" """, """ "typ":"at+jwt" """, """ "t\u0079p":"JWT" """, """ "kid":"a","kid":"a" """, """ "kid":"a","kid":"b" """, """ "kid":"a","k\u0069d":"a" """,
            """ "x":1,"x":1 """, """ "x":1,"x":2 """, """ "x":1,"\u0078":1 """, """ "":1,"":1 """, """ "jwk":{},"jwk":{} """, """ "jwk":{"n":1,"n":1} """,
            """ "jwk":{"n":1,"\u006e":1} """, """ "a":[{"b":{"c":1,"c":1}}] """, """ "a":{"alg":"RS256","alg":"RS256"} """, """ "\u00e9":1,"é":1 """,
        ];
        foreach (string members in headers.Select(text => text.Trim()))
        {
            yield return new($"header: {members}", Forge.Sign(Forge.Rs256Header[..^1] + "," + members + "}", GoodClaims.Json), TokenFailure.Malformed);
            yield return new($"header, first: {members}", Forge.Sign("{" + members + "," + Forge.Rs256Header[1..], GoodClaims.Json), TokenFailure.Malformed);
        }

        (string Claim, string Same, string Other, string Escaped)[] claims =
        [
            ("iss", "\"auth_user\"", "\"auth_admin\"", "i\\u0073s"),
            ("sub", $"\"{GoodClaims.Subject}\"", "\"root\"", "s\\u0075b"),
            ("exp", "4102444800", "9999999999", "\\u0065xp"),
            ("level", "\"2.0\"", "\"4.0\"", "leve\\u006c"),
            ("factor", "\"factor-of-the-corpus\"", "\"yubikey\"", "f\\u0061ctor"),
            ("target", "\"target-of-the-corpus\"", "\"somebody\"", "t\\u0061rget"),
            ("dnt", "\"0\"", "\"3\"", "\\u0064nt"),
            ("scopes", "\"scope-of-the-corpus\"", "\"admin:all\"", "s\\u0063opes"),
        ];
        foreach ((string claim, string same, string other, string escaped) in claims)
        {
            yield return new($"{claim} twice, the same", Forge.Claims(GoodClaims.Plus($"\"{claim}\":{same}")), TokenFailure.Malformed);
            yield return new($"{claim} twice, another", Forge.Claims(GoodClaims.Plus($"\"{claim}\":{other}")), TokenFailure.Malformed);
            yield return new($"{claim} twice, once null", Forge.Claims(GoodClaims.Plus($"\"{claim}\":null")), TokenFailure.Malformed);
            yield return new($"{claim} twice, once escaped", Forge.Claims(GoodClaims.Plus($"\"{escaped}\":{other}")), TokenFailure.Malformed);
            yield return new($"{claim} twice, the escaped one first", Forge.Claims($"{{\"{escaped}\":{other}," + GoodClaims.Json[1..]), TokenFailure.Malformed);
        }

        string[] others =
        [
            """ "nbf":1,"nbf":1 """, """ "nbf":1,"n\u0062f":9999999999 """, """ "iat":1,"iat":1 """, """ "jti":"a","jti":"b" """, """ "aud":"a","aud":"a" """, """ "aud":"a","\u0061ud":"b" """,
            """ "x":1,"x":1 """, """ "x":1,"\u0078":2 """, """ "":1,"":2 """, """ "x":null,"x":null """, """ "x":{"y":1,"y":1} """, """ "x":{"y":1,"\u0079":2} """,
            """ "x":[1,{"y":1,"y":2}] """, """ "x":{"sub":"a","sub":"b"} """, """ "x":[[[{"y":{},"y":{}}]]] """, """ "\ud83d\ude00":1,"😀":2 """,
        ];
        foreach (string members in others.Select(text => text.Trim()))
            yield return new($"payload: {members}", Forge.Claims(GoodClaims.Plus(members)), TokenFailure.Malformed);
    }
}
