namespace Hudya.Tests.Attacks;

public class A_token_is_three_parts
{
    public static HostileFamily Family { get; } = new("segments", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_token_without_exactly_three_non_empty_parts_is_refused(string name) => Family.ShouldRefuse(name);

    [Theory]
    [InlineData("a"), InlineData("a.b"), InlineData("a.b.c.d"), InlineData("Bearer a.b.c")]
    public void The_reason_says_that_the_token_is_not_three_parts(string token) =>
        new PlainJwt(TestKeys.Verifying).Decode(token).Reason.Should().StartWith("The token is not three non-empty base64url parts");

    private static IEnumerable<HostileToken> Tokens()
    {
        string token = Forge.Claims(GoodClaims.Json);
        string[] parts = token.Split('.');
        (string header, string payload, string signature) = (parts[0], parts[1], parts[2]);

        yield return new("no text", "", TokenFailure.Missing);
        yield return new("one dot", ".", TokenFailure.Malformed);
        yield return new("two dots", "..", TokenFailure.Malformed);
        yield return new("three dots", "...", TokenFailure.Malformed);
        yield return new("four dots", "....", TokenFailure.Malformed);
        yield return new("as many dots as are looked at", new string('.', 16384), TokenFailure.Malformed);
        yield return new("a million dots", new string('.', 1_000_000), TokenFailure.TooLong);
        yield return new("a good token and a million dots", token + new string('.', 1_000_000), TokenFailure.TooLong);
        yield return new("one part", header, TokenFailure.Malformed);
        yield return new("one part of a token's length", header + payload + signature, TokenFailure.Malformed);
        yield return new("two parts, header and payload", $"{header}.{payload}", TokenFailure.Malformed);
        yield return new("two parts, header and signature", $"{header}.{signature}", TokenFailure.Malformed);
        yield return new("two parts, payload and signature", $"{payload}.{signature}", TokenFailure.Malformed);
        yield return new("an empty header", $".{payload}.{signature}", TokenFailure.Malformed);
        yield return new("an empty header, signed so", Forge.SignParts("", payload), TokenFailure.Malformed);
        yield return new("an empty payload", $"{header}..{signature}", TokenFailure.Malformed);
        yield return new("an empty payload, signed so", Forge.SignParts(header, ""), TokenFailure.Malformed);
        yield return new("an empty signature", $"{header}.{payload}.", TokenFailure.Malformed);
        yield return new("a header alone", $"{header}..", TokenFailure.Malformed);
        yield return new("a payload alone", $".{payload}.", TokenFailure.Malformed);
        yield return new("a signature alone", $"..{signature}", TokenFailure.Malformed);
        yield return new("a dot before", "." + token, TokenFailure.Malformed);
        yield return new("a dot after", token + ".", TokenFailure.Malformed);
        yield return new("a dot before and after", "." + token + ".", TokenFailure.Malformed);
        yield return new("two dots between header and payload", $"{header}..{payload}.{signature}", TokenFailure.Malformed);
        yield return new("two dots between payload and signature", $"{header}.{payload}..{signature}", TokenFailure.Malformed);
        yield return new("four parts, the signature twice", $"{token}.{signature}", TokenFailure.Malformed);
        yield return new("four parts, the header twice", $"{header}.{token}", TokenFailure.Malformed);
        yield return new("four parts, the payload twice", $"{header}.{payload}.{payload}.{signature}", TokenFailure.Malformed);
        yield return new("five parts", $"{token}.AAAA.AAAA", TokenFailure.Malformed);
        yield return new("six parts, the token twice", $"{token}.{token}", TokenFailure.Malformed);
        yield return new("a dot inside the payload, signed so", Forge.SignParts(header, payload.Insert(8, ".")), TokenFailure.Malformed);
        yield return new("commas for dots", token.Replace('.', ','), TokenFailure.Malformed);
        yield return new("tildes and disclosures after it", token + "~WyJzYWx0Il0~", TokenFailure.Malformed);
        yield return new("two tokens with a comma between", $"{token},{token}", TokenFailure.Malformed);
        yield return new("two tokens with a blank between", $"{token} {token}", TokenFailure.Malformed);
        yield return new("payload and header exchanged", $"{payload}.{header}.{signature}", TokenFailure.UnsupportedAlgorithm);
        yield return new("the parts in reverse", $"{signature}.{payload}.{header}", TokenFailure.Malformed);
        yield return new("the name of the scheme before it", "Bearer " + token, TokenFailure.Malformed);
        yield return new("quotes around it", $"\"{token}\"", TokenFailure.Malformed);
        yield return new("a cookie's name before it", "token=" + token, TokenFailure.Malformed);
        yield return new("the word null", "null", TokenFailure.Malformed);
        yield return new("the word undefined", "undefined", TokenFailure.Malformed);
        yield return new("words", "not.a.token", TokenFailure.Malformed);
    }
}
