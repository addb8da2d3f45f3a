using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary><see cref="KeyRing.ToJwks"/>. <see cref="KeySourcesTests"/> tests that it follows every change of the keys.</summary>
public class JwksTests
{
    private static readonly string[] Members = ["kty", "use", "alg", "kid", "n", "e"];

    [Fact]
    public void A_published_key_set_has_exactly_the_public_members_of_every_key()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem } });

        using var set = JsonDocument.Parse(jwt.Keys.ToJwks());

        set.RootElement.EnumerateObject().Should().ContainSingle().Which.Name.Should().Be("keys");
        JsonElement[] keys = [.. set.RootElement.GetProperty("keys").EnumerateArray()];
        keys.Should().HaveCount(2).And.OnlyContain(key => key.EnumerateObject().Select(member => member.Name).SequenceEqual(Members));
        foreach ((JsonElement key, RsaKeyPair pair) in keys.Zip([TestKeys.Ours, TestKeys.Second]))
        {
            using RSA rsa = TestKeys.RsaOf(pair.PublicKeyPem);
            RSAParameters numbers = rsa.ExportParameters(includePrivateParameters: false);
            key.EnumerateObject().Select(member => member.Value.GetString()).Should().Equal(
                "RSA", "sig", "RS256", pair.KeyId, Base64Url.EncodeToString(numbers.Modulus), "AQAB");
        }
    }
}
