using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Advisories;

/// <summary>node-jose below 0.11.0: a token was verified with the key that it brought along.</summary>
public class CVE_2018_0114_a_key_in_the_header_is_not_trusted
{
    [Fact]
    public void Though_the_signature_fits_it()
    {
        using RSA foreign = TestKeys.RsaOf(TestKeys.Foreign.PrivateKeyPem);
        string modulus = Forge.Encode(foreign.ExportParameters(includePrivateParameters: false).Modulus!);
        string header = $$$"""{"alg":"RS256","jwk":{"kty":"RSA","n":"{{{modulus}}}","e":"AQAB"}}""";

        new PlainJwt(TestKeys.Verifying).Decode(Forge.Sign(header, Forge.GoodPayload, foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }
}
