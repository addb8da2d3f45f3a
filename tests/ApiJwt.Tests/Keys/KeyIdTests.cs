using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>
/// The <c>kid</c> of a token chooses among the keys of a service. A key is found by its thumbprint (RFC 7638) and by the id in its key set.
/// If the id is known, only its keys are tried.
/// </summary>
public sealed class KeyIdTests : IDisposable
{
    private static readonly RsaKeyPair[] Trusted = [TestKeys.Ours, TestKeys.Second, RsaKeyPair.Generate()];

    private static readonly PlainJwt Jwt = new(new ApiJwtOptions { PublicKeys = { Trusted[0].PublicKeyPem, Trusted[1].PublicKeyPem, Trusted[2].PublicKeyPem } });

    private readonly AuthServer _server = new();

    public static TheoryData<int, string?> UnknownIds =>
        [.. from signer in Enumerable.Range(0, Trusted.Length)
            from keyId in (string?[])[null, "", "unknown", TestKeys.Foreign.KeyId, TestKeys.Ours.KeyId.ToUpperInvariant(), new string('k', 2000)]
            select (signer, keyId)];

    [Theory]
    [MemberData(nameof(UnknownIds))]
    public void An_unknown_or_missing_key_id_refuses_no_genuine_token(int signer, string? keyId) =>
        Jwt.Decode(Naming(keyId, Trusted[signer])).IsValid.Should().BeTrue();

    [Theory]
    [InlineData(0, 1), InlineData(1, 2), InlineData(2, 0)]
    public void A_known_key_id_selects_that_key_only(int signer, int named)
    {
        Jwt.Decode(Naming(Trusted[signer].KeyId, Trusted[signer])).IsValid.Should().BeTrue();
        Jwt.Decode(Naming(Trusted[named].KeyId, Trusted[signer])).Failure.Should().Be(TokenFailure.InvalidSignature);
        Jwt.Decode(Naming(Trusted[named].KeyId, TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public async Task A_fetched_key_is_found_by_its_thumbprint_and_by_the_id_in_its_key_set()
    {
        PlainJwt jwt = await FollowingAsync((TestKeys.Ours, "2025"), (TestKeys.Second, "2026"));

        jwt.Decode(Naming("2025", TestKeys.Ours)).IsValid.Should().BeTrue();
        jwt.Recognizes(Naming("2025", TestKeys.Ours)).Should().BeTrue();
        jwt.Decode(Naming("2026", TestKeys.Ours)).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(Naming(TestKeys.Ours.KeyId, TestKeys.Ours)).IsValid.Should().BeTrue();
        jwt.Decode(Naming(TestKeys.Second.KeyId, TestKeys.Ours)).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Keys.KeyIds.Should().BeEquivalentTo(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        jwt.Keys.ToJwks().Should().Contain(TestKeys.Ours.KeyId).And.NotContain("2025", "this library publishes thumbprints as ids");
    }

    /// <summary>RFC 7517, section 4.5, allows two keys to share an id.</summary>
    [Fact]
    public async Task Two_keys_of_a_key_set_may_share_an_id()
    {
        PlainJwt jwt = await FollowingAsync((TestKeys.Foreign, "other"), (TestKeys.Second, "same"), (TestKeys.Ours, "same"));

        jwt.Decode(Naming("same", TestKeys.Ours)).IsValid.Should().BeTrue();
        jwt.Decode(Naming("same", TestKeys.Second)).IsValid.Should().BeTrue();
        jwt.Decode(Naming("other", TestKeys.Ours)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public async Task The_id_in_a_key_set_counts_for_a_key_that_the_settings_list_too()
    {
        _server.PublishKeys(AuthServer.KeySet, (TestKeys.Ours, "2025"));
        var jwt = new PlainJwt(_server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet, PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem } }));
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);

        jwt.Decode(Naming("2025", TestKeys.Ours)).IsValid.Should().BeTrue();
        jwt.Decode(Naming("2025", TestKeys.Second)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    public void Dispose() => _server.Dispose();

    private static string Naming(string? keyId, RsaKeyPair signer)
    {
        using RSA key = TestKeys.RsaOf(signer.PrivateKeyPem);
        return Forge.Sign(keyId is null ? Forge.Rs256Header : $$"""{"alg":"RS256","typ":"JWT","kid":"{{keyId}}"}""", Forge.GoodPayload, key);
    }

    private async Task<PlainJwt> FollowingAsync(params (RsaKeyPair Pair, string KeyId)[] keys)
    {
        _server.PublishKeys(AuthServer.KeySet, keys);
        var jwt = new PlainJwt(_server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet }));
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        return jwt;
    }
}
