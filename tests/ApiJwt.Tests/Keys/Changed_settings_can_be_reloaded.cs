using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public sealed class Changed_settings_can_be_reloaded : IDisposable
{
    private static readonly TokenRequest Ann = new() { Subject = "ann" };

    private readonly CacheHits _hits = new();
    private readonly RecordingLogger _logger = new();
    private readonly RSA _elsewhere = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);

    /// <summary>A provider of settings tells of every change of a file, also where nothing of ours has changed.</summary>
    public static TheoryData<string> SameAgain => ["text", "other form of the text", "signer", "public keys"];

    [Theory]
    [MemberData(nameof(SameAgain))]
    public void The_same_keys_again_change_nothing(string kind)
    {
        TokenSigner signer = TokenSigner.FromRsa(_elsewhere);
        ApiJwtOptions Settings(bool again) => kind switch
        {
            "text" => new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem },
            "other form of the text" => new ApiJwtOptions { PrivateKey = again ? TestKeys.Ours.PrivateKeyForEnvironment : TestKeys.Ours.PrivateKeyPem },
            "signer" => new ApiJwtOptions { Signer = signer },
            _ => new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem, TestKeys.Second.PublicKeyPem } },
        };
        PlainJwt jwt = Service(Settings(again: false));
        string token = Issued.By(TestKeys.Ours);
        jwt.Decode(token);

        jwt.Keys.Reload(Settings(again: true));
        jwt.Decode(token);

        _hits.Count.Should().Be(1, "the cache of verified tokens was not emptied");
        _logger.Entries.Should().BeEmpty();
    }

    [Fact]
    public void A_new_private_key_signs_and_the_old_half_goes_unless_it_is_listed()
    {
        PlainJwt unlisted = Service(TestKeys.Issuing);
        PlainJwt listed = Service(TestKeys.Issuing);
        string old = unlisted.Encode(Ann);

        unlisted.Keys.Reload(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem });
        listed.Keys.Reload(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem, PublicKeys = { TestKeys.Ours.PublicKeyPem } });

        unlisted.Keys.SigningKeyId.Should().Be(TestKeys.Second.KeyId);
        unlisted.Decode(unlisted.Encode(Ann)).IsValid.Should().BeTrue();
        unlisted.Decode(old).Failure.Should().Be(TokenFailure.InvalidSignature);
        listed.Decode(old).IsValid.Should().BeTrue();
        listed.Decode(listed.Encode(Ann)).IsValid.Should().BeTrue();
    }

    /// <summary>Such as a new session with the module that has the key, where the old one was closed.</summary>
    [Fact]
    public void A_new_signer_signs_also_for_the_same_key()
    {
        var broken = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        PlainJwt jwt = Service(new ApiJwtOptions { Signer = TokenSigner.FromRsa(broken) });
        broken.Dispose();
        jwt.Invoking(it => it.Encode(Ann)).Should().Throw<TokenSigningException>();

        jwt.Keys.Reload(new ApiJwtOptions { Signer = TokenSigner.FromRsa(_elsewhere) });

        jwt.Decode(jwt.Encode(Ann)).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task A_new_address_forgets_what_the_old_one_published()
    {
        using var server = new AuthServer();
        var elsewhere = new Uri("https://elsewhere.example/jwks.json");
        server.PublishKeys(AuthServer.KeySet, TestKeys.Second);
        server.PublishKeys(elsewhere, TestKeys.Foreign);
        PlainJwt jwt = Service(server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet, PublicKeys = { TestKeys.Ours.PublicKeyPem } }));
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);

        jwt.Keys.Reload(new ApiJwtOptions { JwksUri = elsewhere, PublicKeys = { TestKeys.Ours.PublicKeyPem } });

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Keys.FetchStatus!.Address.Should().Be(elsewhere);
        await jwt.Keys.RefreshAsync(TestContext.Current.CancellationToken);
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId, TestKeys.Foreign.KeyId);
    }

    [Fact]
    public void Other_settings_stay_as_they_were()
    {
        PlainJwt jwt = Service(TestKeys.Issuing);

        jwt.Keys.Reload(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, Audience = "other", TokenType = "at+jwt", TimeToLive = TimeSpan.FromMinutes(1) });

        string token = jwt.Encode(Ann);
        Wire.ClaimsOf(token).ContainsKey("aud").Should().BeFalse();
        Wire.HeaderOf(token).Should().Contain("\"JWT\"");
        jwt.Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Settings_that_cannot_be_used_change_nothing()
    {
        PlainJwt jwt = Service(TestKeys.Issuing);

        jwt.Keys.Invoking(keys => keys.Reload(new ApiJwtOptions())).Should().ThrowExactly<ApiJwtException>().WithMessage("There is no key.*");
        jwt.Keys.Invoking(keys => keys.Reload(new ApiJwtOptions { PrivateKey = "not a key" })).Should().ThrowExactly<KeyFormatException>();
        jwt.Keys.Invoking(keys => keys.Reload(new ApiJwtOptions { JwksUri = new Uri("http://auth.example/") })).Should().ThrowExactly<ApiJwtException>();

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Keys.FetchStatus.Should().BeNull();
        _logger.Entries.Should().BeEmpty();
    }

    public void Dispose()
    {
        _hits.Dispose();
        _elsewhere.Dispose();
    }

    private PlainJwt Service(ApiJwtOptions options)
    {
        options.VerifiedTokenCacheSize = 100;
        options.MeterFactory = _hits;
        return new PlainJwt(options, logger: _logger);
    }
}
