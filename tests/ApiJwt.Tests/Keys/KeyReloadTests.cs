using System.Security.Cryptography;

namespace Hudya.Tests.Keys;

/// <summary><see cref="KeyRing.Reload"/>. <see cref="KeySourcesTests"/> tests which keys are in force afterwards.</summary>
public sealed class KeyReloadTests : IDisposable
{
    private static readonly TokenRequest Ann = new() { Subject = "ann" };

    private readonly CacheHits _hits = new();
    private readonly RecordingLogger _logger = new();
    private readonly RSA _elsewhere = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);

    /// <summary>A configuration provider reports every change of its file, even if none of our settings changed.</summary>
    [Theory]
    [InlineData("text"), InlineData("other form of the text"), InlineData("signer"), InlineData("public keys")]
    public void Reloading_the_same_keys_keeps_the_cache_and_logs_nothing(string kind)
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

        _hits.Count.Should().Be(1);
        _logger.Entries.Should().BeEmpty();
    }

    /// <summary>A new signer is needed, for example, when the session with a hardware module was closed.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_new_signer_or_a_text_for_the_same_key_replaces_the_old_signer(bool isSigner)
    {
        var broken = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        PlainJwt jwt = Service(new ApiJwtOptions { Signer = TokenSigner.FromRsa(broken) });
        broken.Dispose();
        jwt.Invoking(it => it.Encode(Ann)).Should().Throw<TokenSigningException>();

        jwt.Keys.Reload(isSigner ? new ApiJwtOptions { Signer = TokenSigner.FromRsa(_elsewhere) } : TestKeys.Issuing);

        jwt.Decode(jwt.Encode(Ann)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Settings_that_are_not_about_keys_stay_as_they_were()
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
        jwt.Keys.Invoking(keys => keys.Reload(new ApiJwtOptions { PrivateKey = TestKeys.Second.PrivateKeyPem, PrivateKeyFile = "/keys/private.pem" }))
            .Should().ThrowExactly<ApiJwtException>().WithMessage("*only one key can sign*");
        jwt.Keys.Invoking(keys => keys.Reload(new ApiJwtOptions { PrivateKey = "not a key" })).Should().ThrowExactly<KeyFormatException>();
        jwt.Keys.Invoking(keys => keys.Reload(new ApiJwtOptions { JwksUri = new Uri("http://auth.example/") })).Should().ThrowExactly<ApiJwtException>();
        using var client = new HttpClient();
        jwt.Keys.Invoking(keys => keys.Reload(new ApiJwtOptions { JwksUri = new Uri("https+http://auth/"), CreateHttpClient = () => client }))
            .Should().ThrowExactly<ApiJwtException>().WithMessage("*when you create the class*", "the client of a reload is not used");

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
