using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Keys;

[Collection(nameof(WholeProcess))]
public sealed class Process_wide_settings_of_IdentityModel_have_no_influence : IDisposable
{
    private readonly CryptoProviderFactory _factory = CryptoProviderFactory.Default;
    private readonly bool _cachesProviders = CryptoProviderFactory.DefaultCacheSignatureProviders;
    private readonly bool _mapsNewInbound = JsonWebTokenHandler.DefaultMapInboundClaims;
    private readonly bool _mapsOldInbound = JwtSecurityTokenHandler.DefaultMapInboundClaims;
    private readonly Dictionary<string, string> _newInbound = new(JsonWebTokenHandler.DefaultInboundClaimTypeMap);
    private readonly Dictionary<string, string> _oldInbound = new(JwtSecurityTokenHandler.DefaultInboundClaimTypeMap);
    private readonly Dictionary<string, string> _oldOutbound = new(JwtSecurityTokenHandler.DefaultOutboundClaimTypeMap);
    private readonly bool _showsPersonalData = IdentityModelEventSource.ShowPII;

    private readonly string _forged = Issued.By(TestKeys.Foreign);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void On_a_service_made_before_they_change()
    {
        PlainJwt jwt = Service();
        string before = Issue(jwt);

        ChangeEverything();

        Issue(jwt).Should().Be(before);
        Judge(jwt, before);
    }

    [Fact]
    public void On_a_service_made_after_they_changed()
    {
        string before = Issue(Service());

        ChangeEverything();

        PlainJwt jwt = Service();
        Issue(jwt).Should().Be(before);
        Judge(jwt, before);
        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        Judge(jwt, before);
    }

    [Fact]
    public void And_the_payload_has_no_claim_that_they_add()
    {
        PlainJwt jwt = Service();
        ChangeEverything();

        using var payload = JsonDocument.Parse(Forge.TextOf(Issue(jwt).Split('.')[1]));

        payload.RootElement.EnumerateObject().Select(claim => claim.Name)
            .Should().BeEquivalentTo("iss", "sub", "exp", "level", "factor", "target", "dnt", "scopes");
    }

    public void Dispose()
    {
        CryptoProviderFactory.Default = _factory;
        CryptoProviderFactory.DefaultCacheSignatureProviders = _cachesProviders;
        JsonWebTokenHandler.DefaultMapInboundClaims = _mapsNewInbound;
        JwtSecurityTokenHandler.DefaultMapInboundClaims = _mapsOldInbound;
        JsonWebTokenHandler.DefaultInboundClaimTypeMap = _newInbound;
        JwtSecurityTokenHandler.DefaultInboundClaimTypeMap = _oldInbound;
        JwtSecurityTokenHandler.DefaultOutboundClaimTypeMap = _oldOutbound;
        IdentityModelEventSource.ShowPII = _showsPersonalData;
    }

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
        result.Payload!.Subject.Should().Be("ann");
        result.Payload.Level.Should().Be(3);
        result.Payload.Scopes.Should().BeEquivalentTo("user:all");
        jwt.Decode(_forged).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    private PlainJwt Service() => new(new ApiJwtOptions
    {
        PrivateKey = TestKeys.Ours.PrivateKeyPem,
        TimeProvider = _time,
        VerifiedTokenCacheSize = 0,
    });

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
