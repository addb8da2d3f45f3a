namespace Hudya.Tests.Issuing;

public class TokenHeaderTests
{
    private readonly PlainJwt _verifier = new(TestKeys.Verifying);

    /// <summary>The key id can be left out for services that accept tokens of the Python library only.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public void The_header_says_algorithm_type_and_key_unless_the_key_id_is_left_out(bool writesKeyId)
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.WriteKeyId = writesKeyId;
        string token = new PlainJwt(options).Encode(new TokenRequest { Subject = "ann" });
        Wire.HeaderOf(token).Should().Be(writesKeyId ? $$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}","typ":"JWT"}""" : """{"alg":"RS256","typ":"JWT"}""");
        _verifier.Decode(token).IsValid.Should().BeTrue();
    }

    public static TheoryData<string, string[], string?, bool> Types => new()
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
        { "JWT", ["at+jwt"], "application/at+jwt;v=1", false },
    };

    /// <summary>RFC 7515, section 4.1.9, and RFC 9068, section 2.1.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void An_accepted_type_is_read_whatever_its_case_and_with_or_without_the_prefix(string type, string[] accepted, string? stated, bool isAccepted)
    {
        var options = new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, TokenType = type };
        foreach (string more in accepted)
            options.AcceptedTokenTypes.Add(more);
        string header = stated is null ? """{"alg":"RS256"}""" : $$"""{"alg":"RS256","typ":"{{stated}}"}""";
        new PlainJwt(options).Decode(Forge.Sign(header, Forge.GoodPayload)).Failure
            .Should().Be(isAccepted ? TokenFailure.None : TokenFailure.UnsupportedHeader);
    }

    [Theory]
    [InlineData("at+jwt"), InlineData("application/at+jwt")]
    public void The_type_in_the_settings_is_written_unchanged(string type)
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, TokenType = type });
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        Wire.HeaderOf(token).Should().Be($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}","typ":"{{type.Replace("+", "\\u002B", StringComparison.Ordinal)}}"}""");
        jwt.Decode(token).IsValid.Should().BeTrue();
        _verifier.Decode(token).Failure.Should().Be(TokenFailure.UnsupportedHeader);
    }

    [Fact]
    public void A_header_of_4096_characters_is_read_and_a_longer_one_is_refused()
    {
        _verifier.Decode(TokenWithHeaderOf(4096)).IsValid.Should().BeTrue();

        DecodeResult result = _verifier.Decode(TokenWithHeaderOf(4098));
        result.Failure.Should().Be(TokenFailure.TooLong);
        result.Reason.Should().Be("The header is longer than 4096 characters.");
    }

    /// <summary>RFC 7515, sections 4.1.7 and 4.1.10. The handler of IdentityModel reads both as strings and refuses other values.</summary>
    [Theory]
    [InlineData("x5t"), InlineData("cty")]
    public void A_member_of_the_header_that_is_no_string_is_refused(string name) =>
        _verifier.Decode(Forge.Sign($$"""{"alg":"RS256","{{name}}":1}""", Forge.GoodPayload)).Failure.Should().Be(TokenFailure.Malformed);

    private static string TokenWithHeaderOf(int length)
    {
        const string frame = """{"alg":"RS256","x":""}""";
        string header = frame.Replace("\"\"", $"\"{new string('x', (length * 3 / 4) - frame.Length)}\"", StringComparison.Ordinal);
        string token = Forge.Sign(header, Forge.GoodPayload);
        token.IndexOf('.', StringComparison.Ordinal).Should().Be(length);
        return token;
    }
}
