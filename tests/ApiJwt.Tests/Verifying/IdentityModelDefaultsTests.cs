using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using Hudya.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Verifying;

/// <summary>All code in a process shares the static settings of IdentityModel. This library must not use them.</summary>
[Collection(nameof(WholeProcess))]
public sealed class IdentityModelDefaultsTests : IDisposable
{
    private readonly IdentityModelDefaults _defaults = new();

    public IdentityModelDefaultsTests()
    {
        CryptoProviderFactory.Default = new CryptoProviderFactory { CustomCryptoProvider = new Gullible() };
        CryptoProviderFactory.DefaultCacheSignatureProviders = !CryptoProviderFactory.DefaultCacheSignatureProviders;
        JsonWebTokenHandler.DefaultMapInboundClaims = true;
        JwtSecurityTokenHandler.DefaultMapInboundClaims = true;
        IdentityModelEventSource.ShowPII = true;
    }

    [Fact]
    public void A_forged_token_is_refused_though_the_default_provider_accepts_everything()
    {
        using RSA foreign = TestKeys.RsaOf(TestKeys.Foreign.PrivateKeyPem);
        var service = new PlainJwt(TestKeys.Verifying);
        service.Decode(Forge.Sign(Forge.Rs256Header, Forge.GoodPayload, foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
        service.Decode(Forge.Claims(Forge.GoodPayload)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Claims_keep_their_names_though_the_handlers_rename_them()
    {
        VerifiedPayload payload = new PlainJwt(TestKeys.Verifying).Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"role":"reader","email":"ann@example"}""")).Payload!;
        payload.Subject.Should().Be("ann");
        payload.GetText("role").Should().Be("reader");
        payload.GetText("email").Should().Be("ann@example");
    }

    public void Dispose() => _defaults.Dispose();

    private sealed class Gullible : ICryptoProvider
    {
        public bool IsSupportedAlgorithm(string algorithm, params object[] args) => true;

        public object Create(string algorithm, params object[] args) => args is [SecurityKey key, ..] ? new Yes(key, algorithm) : new OneHash();

        public void Release(object cryptoInstance)
        {
            // Nothing is held.
        }
    }

    /// <summary>A hash that is the same for every message, so that a signature for one message fits all.</summary>
    private sealed class OneHash : HashAlgorithm
    {
        public OneHash() => HashSizeValue = 256;

        public override void Initialize()
        {
            // Nothing is held.
        }

        protected override void HashCore(byte[] array, int ibStart, int cbSize)
        {
            // Nothing is read.
        }

        protected override byte[] HashFinal() => new byte[32];
    }

    private sealed class Yes(SecurityKey key, string algorithm) : SignatureProvider(key, algorithm)
    {
        public override byte[] Sign(byte[] input) => new byte[256];

        public override bool Sign(ReadOnlySpan<byte> data, Span<byte> destination, out int bytesWritten)
        {
            bytesWritten = 256;
            return true;
        }

        public override byte[] Sign(byte[] input, int offset, int count) => new byte[256];

        public override bool Verify(byte[] input, byte[] signature) => true;

        public override bool Verify(byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength) => true;

        protected override void Dispose(bool disposing)
        {
            // Nothing is held.
        }
    }
}
