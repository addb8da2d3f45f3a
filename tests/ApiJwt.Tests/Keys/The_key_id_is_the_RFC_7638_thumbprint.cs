using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class The_key_id_is_the_RFC_7638_thumbprint
{
    // RFC 7638, section 3.1.
    private const string RfcModulus =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    private const string RfcThumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

    [Fact]
    public void Of_the_example_in_the_RFC()
    {
        using var key = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(RfcModulus), Exponent = [1, 0, 1] });

        foreach (string pem in new[] { key.ExportSubjectPublicKeyInfoPem(), key.ExportRSAPublicKeyPem() })
            new PlainJwt(new ApiJwtOptions { PublicKeys = { pem } }).Keys.KeyIds.Should().Equal(RfcThumbprint);
    }

    [Fact]
    public void Of_any_other_key_worked_out_by_hand()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem);
        RSAParameters numbers = key.ExportParameters(includePrivateParameters: false);
        string canonical = $$"""{"e":"{{Base64Url.EncodeToString(numbers.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(numbers.Modulus)}}"}""";

        string expected = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

        TestKeys.Ours.KeyId.Should().Be(expected).And.HaveLength(43);
        new PlainJwt(TestKeys.Verifying).Keys.KeyIds.Should().Equal(expected);
        new PlainJwt(TestKeys.Issuing).Keys.SigningKeyId.Should().Be(expected);
    }

    [Fact]
    public void And_stands_in_the_header_of_every_token()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        KeyIdOf(jwt.Encode(new TokenRequest { Subject = "ann" })).Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        KeyIdOf(jwt.Encode(new TokenRequest { Subject = "ann" })).Should().Be(TestKeys.Second.KeyId);
    }

    private static string? KeyIdOf(string token)
    {
        using var header = JsonDocument.Parse(Forge.TextOf(token.Split('.')[0]));
        return header.RootElement.GetProperty("kid").GetString();
    }
}
