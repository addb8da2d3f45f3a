namespace Hudya.Tests.Advisories;

/// <summary>Nimbus JOSE + JWT below 10.0.2: deeply nested claims overflowed the stack and ended the process.</summary>
public class CVE_2025_53864_deep_JSON_overflows_no_stack
{
    [Theory]
    [InlineData("[", "]"), InlineData("{\"a\":", "}")]
    public void Deeply_nested_JSON_in_the_header_or_payload_is_refused(string open, string close)
    {
        const int depth = 50_000;
        string deep = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
        var service = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, MaxTokenLength = 1024 * 1024 });

        service.Decode(Forge.Claims($$"""{"sub":"ann","exp":4102444800,"x":{{deep}}}""")).Failure.Should().Be(TokenFailure.Malformed);
        service.Decode(Forge.Sign($$"""{"alg":"RS256","x":{{deep}}}""", Forge.GoodPayload)).Failure.Should().Be(TokenFailure.TooLong);
    }
}
