using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>The <c>kid</c> that another issuer gave a key counts beside the thumbprint: one known id, one key that is tried.</summary>
public sealed class A_key_set_has_key_ids_of_its_own : IDisposable
{
    private readonly AuthServer _server = new();
    private readonly PlainJwt _jwt;

    public A_key_set_has_key_ids_of_its_own() => _jwt = new PlainJwt(_server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet }));

    [Theory]
    [InlineData("2025", true)]
    [InlineData("2026", false)]
    public async Task And_a_token_that_names_one_is_tried_with_that_key_alone(string keyId, bool isValid)
    {
        await PublishAsync((TestKeys.Ours, "2025"), (TestKeys.Second, "2026"));

        _jwt.Decode(Named(keyId)).IsValid.Should().Be(isValid);
    }

    [Fact]
    public async Task Beside_the_thumbprints()
    {
        await PublishAsync((TestKeys.Ours, "2025"), (TestKeys.Second, "2026"));

        _jwt.Decode(Named(TestKeys.Ours.KeyId)).IsValid.Should().BeTrue();
        _jwt.Decode(Named(TestKeys.Second.KeyId)).Failure.Should().Be(TokenFailure.InvalidSignature);
        _jwt.Keys.ToJwks().Should().Contain(TestKeys.Ours.KeyId).And.NotContain("2025", "our own tokens name the thumbprint");
    }

    /// <summary>RFC 7517, section 4.5, allows two keys to share an id.</summary>
    [Fact]
    public async Task Which_two_keys_may_share()
    {
        await PublishAsync((TestKeys.Foreign, "other"), (TestKeys.Second, "same"), (TestKeys.Ours, "same"));

        using RSA second = TestKeys.RsaOf(TestKeys.Second.PrivateKeyPem);
        _jwt.Decode(Named("same")).IsValid.Should().BeTrue();
        _jwt.Decode(Forge.Sign("""{"alg":"RS256","kid":"same"}""", Forge.GoodPayload, second)).IsValid.Should().BeTrue();
        _jwt.Decode(Named("other")).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public async Task Also_for_a_key_that_the_settings_list_as_well()
    {
        _server.PublishKeys(AuthServer.KeySet, (TestKeys.Ours, "2025"));
        var jwt = new PlainJwt(_server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet, PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem } }));
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        using RSA second = TestKeys.RsaOf(TestKeys.Second.PrivateKeyPem);

        jwt.Decode(Named("2025")).IsValid.Should().BeTrue();
        jwt.Decode(Forge.Sign("""{"alg":"RS256","kid":"2025"}""", Forge.GoodPayload, second)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    public void Dispose() => _server.Dispose();

    private static string Named(string keyId) => Forge.Sign($$"""{"alg":"RS256","kid":"{{keyId}}"}""", Forge.GoodPayload);

    private async Task PublishAsync(params (RsaKeyPair Pair, string KeyId)[] keys)
    {
        _server.PublishKeys(AuthServer.KeySet, keys);
        await _jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);
    }
}
