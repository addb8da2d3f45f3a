using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

/// <summary>
/// The <c>kid</c> of a token chooses among the keys of a service. A key is found by its thumbprint and by the id in its key set.
/// If the id is known, only its keys are tried.
/// </summary>
public sealed class KeyIdTests : IDisposable
{
    private static readonly RsaKeyPair[] Trusted = [TestKeys.Ours, TestKeys.Second, RsaKeyPair.Generate()];

    private readonly AuthServer _server = new();

    public static TheoryData<int, string?> UnknownIds =>
        [.. from signer in Enumerable.Range(0, Trusted.Length)
            from keyId in (string?[])[null, "", "unknown", TestKeys.Foreign.KeyId, TestKeys.Ours.KeyId.ToUpperInvariant(), new string('k', 2000)]
            select (signer, keyId)];

    /// <summary>The thumbprint of RFC 7638. The tests of the RFCs contain the example of the RFC.</summary>
    [Fact]
    public void A_key_id_is_the_thumbprint_of_the_key()
    {
        using RSA key = TestKeys.RsaOf(TestKeys.Ours.PublicKeyPem);
        RSAParameters numbers = key.ExportParameters(includePrivateParameters: false);
        string canonical = $$"""{"e":"{{Base64Url.EncodeToString(numbers.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(numbers.Modulus)}}"}""";

        string expected = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

        TestKeys.Ours.KeyId.Should().Be(expected).And.HaveLength(43);
        new PlainJwt(TestKeys.Verifying).Keys.KeyIds.Should().Equal(expected);
        new PlainJwt(TestKeys.Issuing).Keys.SigningKeyId.Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(UnknownIds))]
    public void An_unknown_or_missing_key_id_refuses_no_genuine_token(int signer, string? keyId) =>
        Trusting(Trusted).Decode(Naming(keyId, Trusted[signer])).IsValid.Should().BeTrue();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    public void A_known_key_id_selects_that_key_only(int signer, int named)
    {
        PlainJwt jwt = Trusting(Trusted);

        jwt.Decode(Naming(Trusted[signer].KeyId, Trusted[signer])).IsValid.Should().BeTrue();
        jwt.Decode(Naming(Trusted[named].KeyId, Trusted[signer])).Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(Naming(Trusted[named].KeyId, TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public void The_order_of_the_keys_has_no_effect(int first, int second, int third)
    {
        PlainJwt jwt = Trusting(Trusted[first], Trusted[second], Trusted[third]);

        foreach (RsaKeyPair pair in Trusted)
        {
            jwt.Decode(Issued.By(pair)).IsValid.Should().BeTrue();
            jwt.Decode(Naming(null, pair)).IsValid.Should().BeTrue();
        }

        jwt.Decode(Issued.By(TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
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

    private static PlainJwt Trusting(params RsaKeyPair[] pairs)
    {
        var options = new ApiJwtOptions();
        foreach (RsaKeyPair pair in pairs)
            options.PublicKeys.Add(pair.PublicKeyPem);
        return new PlainJwt(options);
    }

    private async Task<PlainJwt> FollowingAsync(params (RsaKeyPair Pair, string KeyId)[] keys)
    {
        _server.PublishKeys(AuthServer.KeySet, keys);
        var jwt = new PlainJwt(_server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet }));
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        return jwt;
    }
}
