using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Hudya.Tests.Support;

namespace Hudya.Tests.Attacks;

[SuppressMessage("Security", "CA5385", Justification = "The tests check that weak keys are refused.")]
public class A_weak_key_verifies_nothing
{
    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2040)]
    public void A_service_does_not_start_with_a_weak_key(int bits)
    {
        using var weak = RSA.Create(bits);

        Action start = () => _ = new PlainJwt(new ApiJwtOptions { PublicKeys = { weak.ExportSubjectPublicKeyInfoPem() } });

        start.Should().Throw<KeyFormatException>().WithMessage($"*{bits} bits*");
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    public void A_running_service_refuses_a_weak_key(int bits)
    {
        using var weak = RSA.Create(bits);
        var service = new PlainJwt(TestKeys.Verifying);
        string token = Forge.Sign(Forge.Rs256Header, GoodClaims.Json, weak);

        service.Invoking(s => s.Keys.AddPublic(weak.ExportSubjectPublicKeyInfoPem())).Should().Throw<KeyFormatException>();
        service.Invoking(s => s.Keys.Override([weak.ExportSubjectPublicKeyInfoPem()])).Should().Throw<KeyFormatException>();

        service.Decode(token).Failure.Should().Be(TokenFailure.InvalidSignature);
        service.Decode(Forge.Claims(GoodClaims.Json)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void A_service_without_a_key_does_not_start()
    {
        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions())).Should().Throw<ApiJwtException>();
        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions { PublicKeys = { "" } })).Should().Throw<KeyFormatException>();
        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions { PublicKeys = { "[]" } })).Should().Throw<KeyFormatException>();
        FluentActions.Invoking(() => new PlainJwt(TestKeys.Verifying).Keys.Override(publicKeys: [])).Should().Throw<KeyFormatException>();
    }
}
