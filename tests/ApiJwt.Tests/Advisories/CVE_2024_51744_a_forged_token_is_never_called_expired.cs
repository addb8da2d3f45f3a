namespace Hudya.Tests.Advisories;

/// <summary>golang-jwt below 4.5.1: a token that was both forged and expired could be reported as expired only.</summary>
public class CVE_2024_51744_a_forged_token_is_never_called_expired
{
    [Fact]
    public void A_token_that_is_forged_and_expired_is_reported_as_forged()
    {
        const string expired = """{"sub":"ann","exp":1}""";
        var service = new PlainJwt(TestKeys.Verifying);

        DecodeResult forged = service.Decode(Forge.Sign(Forge.Rs256Header, expired, TestKeys.ForeignKey));

        forged.Failure.Should().Be(TokenFailure.InvalidSignature);
        forged.IsExpired.Should().BeFalse();
        service.Decode(Forge.Claims(expired)).Failure.Should().Be(TokenFailure.Expired);
    }
}
