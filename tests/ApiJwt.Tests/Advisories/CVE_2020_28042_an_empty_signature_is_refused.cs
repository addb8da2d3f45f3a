using Hudya.Tests.Support;

namespace Hudya.Tests.Advisories;

/// <summary>ServiceStack below 5.9.2: a signature of no bytes was never compared.</summary>
public class CVE_2020_28042_an_empty_signature_is_refused
{
    [Fact]
    public void With_or_without_its_dot()
    {
        string token = Forge.Claims(Forge.GoodPayload);
        string input = token[..token.LastIndexOf('.')];
        var service = new PlainJwt(TestKeys.Verifying);

        service.Decode(input + ".").Failure.Should().Be(TokenFailure.Malformed);
        service.Decode(input).Failure.Should().Be(TokenFailure.Malformed);
    }
}
