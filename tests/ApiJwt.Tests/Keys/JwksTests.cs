using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Hudya.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Keys;

/// <summary><see cref="KeyRing.ToJwks"/>. <see cref="KeySourcesTests"/> tests that it follows every change of the keys.</summary>
public class JwksTests
{
    private static readonly string[] Members = ["kty", "use", "alg", "kid", "n", "e"];

    private readonly PlainJwt _jwt = new(new ApiJwtOptions
    {
        PrivateKey = TestKeys.Ours.PrivateKeyPem,
        PublicKeys = { TestKeys.Second.PublicKeyPem },
        Audience = "api",
    });

    [Fact]
    public void A_published_key_set_has_exactly_the_public_members_of_every_key()
    {
        using var set = JsonDocument.Parse(_jwt.Keys.ToJwks());

        set.RootElement.EnumerateObject().Should().ContainSingle().Which.Name.Should().Be("keys");
        JsonElement[] keys = [.. set.RootElement.GetProperty("keys").EnumerateArray()];
        keys.Should().HaveCount(2).And.OnlyContain(key => key.EnumerateObject().Select(member => member.Name).SequenceEqual(Members));
        keys.Select(key => key.GetProperty("kid").GetString()).Should().Equal(_jwt.Keys.KeyIds);
        foreach ((JsonElement key, RsaKeyPair pair) in keys.Zip([TestKeys.Ours, TestKeys.Second]))
        {
            using RSA rsa = TestKeys.RsaOf(pair.PublicKeyPem);
            RSAParameters numbers = rsa.ExportParameters(includePrivateParameters: false);
            key.GetProperty("kty").GetString().Should().Be("RSA");
            key.GetProperty("use").GetString().Should().Be("sig");
            key.GetProperty("alg").GetString().Should().Be("RS256");
            key.GetProperty("n").GetString().Should().Be(Base64Url.EncodeToString(numbers.Modulus));
            key.GetProperty("e").GetString().Should().Be("AQAB");
        }
    }

    [Fact]
    public async Task Another_library_verifies_our_tokens_with_the_published_key_set()
    {
        var validation = new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(_jwt.Keys.ToJwks()).GetSigningKeys(),
            ValidIssuer = "auth_user",
            ValidAudience = "api",
            ValidAlgorithms = ["RS256"],
            TryAllIssuerSigningKeys = false,
        };
        var handler = new JsonWebTokenHandler();

        TokenValidationResult ours = await handler.ValidateTokenAsync(_jwt.Encode(new TokenRequest { Subject = "ann" }), validation);
        string forged = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Foreign.PrivateKeyPem, Audience = "api" }).Encode(new TokenRequest { Subject = "ann" });
        TokenValidationResult foreign = await handler.ValidateTokenAsync(forged, validation);

        ours.IsValid.Should().BeTrue();
        ours.SecurityToken.Should().BeOfType<JsonWebToken>().Which.Subject.Should().Be("ann");
        foreign.Exception.Should().BeOfType<SecurityTokenSignatureKeyNotFoundException>();
    }
}
