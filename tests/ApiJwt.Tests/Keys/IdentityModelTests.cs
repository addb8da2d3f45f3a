using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Keys;

/// <summary>The whole process shares the settings and caches of IdentityModel. This library must not depend on them.</summary>
[Collection(nameof(WholeProcess))]
public sealed class IdentityModelTests : IDisposable
{
    private readonly IdentityModelDefaults _defaults = new();
    private readonly string _forged = Issued.By(TestKeys.Foreign);
    private readonly FakeTimeProvider _time = Clock.Standing();

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Process_wide_settings_change_no_token_and_no_verdict(bool isServiceOlder)
    {
        PlainJwt jwt = Service();
        string before = Issue(jwt);

        ChangeEverything();

        if (!isServiceOlder)
            jwt = Service();
        Issue(jwt).Should().Be(before);
        Judge(jwt, before);
        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        Judge(jwt, before);
    }

    [Fact]
    public void A_disposed_key_with_our_numbers_in_the_cache_of_the_process_has_no_influence()
    {
        // A new pair, because another test could have filled the cache for a shared one.
        var pair = RsaKeyPair.Generate();
        SignatureProvider poisoned;
        using (RSA careless = TestKeys.RsaOf(pair.PrivateKeyPem))
        {
            poisoned = CryptoProviderFactory.Default.CreateForVerifying(new RsaSecurityKey(careless), "RS256");
            CryptoProviderFactory.Default.CreateForSigning(new RsaSecurityKey(careless), "RS256");
        }

        using RSA next = TestKeys.RsaOf(pair.PublicKeyPem);
        CryptoProviderFactory.Default.CreateForVerifying(new RsaSecurityKey(next), "RS256").Should().BeSameAs(poisoned, "the shared cache must return the disposed key");

        string token = Issued.By(pair);

        new PlainJwt(new ApiJwtOptions { PrivateKey = pair.PrivateKeyPem }).Decode(token).IsValid.Should().BeTrue();
        new PlainJwt(new ApiJwtOptions { PublicKeys = { pair.PublicKeyPem } }).Decode(token).IsValid.Should().BeTrue();
    }

    public void Dispose() => _defaults.Dispose();

    private static void ChangeEverything()
    {
        CryptoProviderFactory.Default = new RefusesEverything();
        CryptoProviderFactory.DefaultCacheSignatureProviders = false;
        JsonWebTokenHandler.DefaultMapInboundClaims = true;
        JwtSecurityTokenHandler.DefaultMapInboundClaims = true;
        JsonWebTokenHandler.DefaultInboundClaimTypeMap = new Dictionary<string, string> { ["sub"] = "level", ["scopes"] = "target" };
        JwtSecurityTokenHandler.DefaultInboundClaimTypeMap = new Dictionary<string, string> { ["sub"] = "level" };
        JwtSecurityTokenHandler.DefaultOutboundClaimTypeMap = new Dictionary<string, string> { ["sub"] = "level", ["level"] = "sub" };
        IdentityModelEventSource.ShowPII = true;
    }

    private static string Issue(PlainJwt jwt) => jwt.Encode(new TokenRequest { Subject = "ann", Level = 3, Scopes = ["user:all"] });

    private void Judge(PlainJwt jwt, string token)
    {
        DecodeResult result = jwt.Decode(token);
        (result.Payload!.Subject, result.Payload.Level, result.Payload.Scopes.Single()).Should().Be(("ann", 3, "user:all"));
        jwt.Decode(_forged).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    private PlainJwt Service() => new(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, TimeProvider = _time, VerifiedTokenCacheSize = 0 });

    private sealed class RefusesEverything : CryptoProviderFactory
    {
        public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm) => throw new NotSupportedException();

        public override SignatureProvider CreateForSigning(SecurityKey key, string algorithm, bool cacheProvider) => throw new NotSupportedException();

        public override SignatureProvider CreateForVerifying(SecurityKey key, string algorithm) => throw new NotSupportedException();

        public override SignatureProvider CreateForVerifying(SecurityKey key, string algorithm, bool cacheProvider) => throw new NotSupportedException();

        public override bool IsSupportedAlgorithm(string algorithm) => false;

        public override bool IsSupportedAlgorithm(string algorithm, SecurityKey key) => false;
    }
}
