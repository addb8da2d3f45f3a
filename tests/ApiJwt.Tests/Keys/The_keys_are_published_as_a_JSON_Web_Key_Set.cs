using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Hudya.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Keys;

public class The_keys_are_published_as_a_JSON_Web_Key_Set
{
    private static readonly string[] Members = ["kty", "use", "alg", "kid", "n", "e"];

    private readonly PlainJwt _jwt = new(new ApiJwtOptions
    {
        PrivateKey = TestKeys.Ours.PrivateKeyPem,
        PublicKeys = { TestKeys.Second.PublicKeyPem },
        Audience = "api",
    });

    [Fact]
    public void With_exactly_the_public_members_of_every_key()
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
    public void And_nothing_of_the_private_key_is_in_it()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        RSAParameters secret = key.ExportParameters(includePrivateParameters: true);
        string text = _jwt.Keys.ToJwks();

        foreach (byte[]? number in new[] { secret.D, secret.P, secret.Q, secret.DP, secret.DQ, secret.InverseQ })
            text.Should().NotContain(Base64Url.EncodeToString(number)[..12]);
    }

    [Fact]
    public void And_follows_every_change_of_the_keys()
    {
        _jwt.Keys.Override([TestKeys.Foreign.PublicKeyPem], TestKeys.Second.PrivateKeyPem);

        using var set = JsonDocument.Parse(_jwt.Keys.ToJwks());

        set.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString())
            .Should().Equal(TestKeys.Second.KeyId, TestKeys.Foreign.KeyId);
    }

    [Fact]
    public async Task And_another_library_verifies_our_tokens_with_it()
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
