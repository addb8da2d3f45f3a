namespace Hudya.Tests.Advisories;

/// <summary>node-jose below 0.11.0: a token was verified with the key in its own header.</summary>
public class CVE_2018_0114_a_key_in_the_header_is_not_trusted
{
    [Fact]
    public void A_token_signed_with_the_key_in_its_header_is_refused()
    {
        string modulus = Forge.Encode(TestKeys.ForeignKey.ExportParameters(includePrivateParameters: false).Modulus!);
        string header = $$$"""{"alg":"RS256","jwk":{"kty":"RSA","n":"{{{modulus}}}","e":"AQAB"}}""";

        new PlainJwt(TestKeys.Verifying).Decode(Forge.Sign(header, Forge.GoodPayload, TestKeys.ForeignKey)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }
}
