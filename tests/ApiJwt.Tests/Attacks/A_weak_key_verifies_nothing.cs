using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Hudya.Tests.Attacks;

[SuppressMessage("Security", "CA5385", Justification = "The test checks that weak keys are refused.")]
public class A_weak_key_verifies_nothing
{
    [Theory]
    [InlineData(512), InlineData(1024)]
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
}
