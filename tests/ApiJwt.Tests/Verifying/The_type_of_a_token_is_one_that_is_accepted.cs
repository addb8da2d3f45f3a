using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

/// <summary>RFC 7515, section 4.1.9, and RFC 9068, section 2.1.</summary>
public class The_type_of_a_token_is_one_that_is_accepted
{
    public static TheoryData<string, string[], string?, bool> Table => new()
    {
        { "JWT", [], "JWT", true },
        { "JWT", [], "jwt", true },
        { "JWT", [], "application/jwt", true },
        { "JWT", [], "APPLICATION/JWT", true },
        { "JWT", [], null, true },
        { "JWT", [], "at+jwt", false },
        { "JWT", ["at+jwt"], "at+jwt", true },
        { "JWT", ["at+jwt"], "AT+JWT", true },
        { "JWT", ["at+jwt"], "application/at+jwt", true },
        { "JWT", ["application/at+jwt"], "at+jwt", true },
        { "JWT", ["Application/At+JWT"], "application/at+jwt", true },
        { "JWT", ["at+jwt"], "JWT", true },
        { "JWT", ["at+jwt"], null, true },
        { "at+jwt", [], "at+jwt", true },
        { "at+jwt", [], "JWT", false },
        { "at+jwt", [], null, false },
        { "at+jwt", ["JWT"], null, true },
        { "application/at+jwt", [], "at+jwt", true },
        { "JWT", ["at+jwt"], "text/at+jwt", false },
        { "JWT", ["at+jwt"], "application/application/at+jwt", false },
        { "JWT", ["at+jwt"], "application/", false },
        { "JWT", ["at+jwt"], "application/at+jwt;v=1", false },
        { "JWT", ["at+jwt"], "at jwt", false },
        { "JWT", ["at+jwt"], "", false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Whatever_its_case_and_with_or_without_the_prefix(string type, string[] accepted, string? stated, bool isAccepted)
    {
        var options = new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, TokenType = type };
        foreach (string more in accepted)
            options.AcceptedTokenTypes.Add(more);
        string header = stated is null ? """{"alg":"RS256"}""" : $$"""{"alg":"RS256","typ":"{{stated}}"}""";

        new PlainJwt(options).Decode(Forge.Sign(header, Forge.GoodPayload)).Failure
            .Should().Be(isAccepted ? TokenFailure.None : TokenFailure.UnsupportedHeader);
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("application/at+jwt")]
    public void And_the_first_is_written_as_it_stands(string type)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, TokenType = type });

        string token = jwt.Encode(new TokenRequest { Subject = "ann" });

        Wire.HeaderOf(token).Should().Be($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}","typ":"{{type.Replace("+", "\\u002B", StringComparison.Ordinal)}}"}""");
        jwt.Decode(token).IsValid.Should().BeTrue();
        new PlainJwt(TestKeys.Verifying).Decode(token).Failure.Should().Be(TokenFailure.UnsupportedHeader);
    }
}
