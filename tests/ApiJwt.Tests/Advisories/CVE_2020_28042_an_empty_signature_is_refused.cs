namespace Hudya.Tests.Advisories;

/// <summary>ServiceStack below 5.9.2: an empty signature was not checked.</summary>
public class CVE_2020_28042_an_empty_signature_is_refused
{
    [Fact]
    public void A_token_without_a_signature_is_refused_with_or_without_the_last_dot()
    {
        string token = Forge.Claims(Forge.GoodPayload);
        string input = token[..token.LastIndexOf('.')];
        var service = new PlainJwt(TestKeys.Verifying);

        service.Decode(input + ".").Failure.Should().Be(TokenFailure.Malformed);
        service.Decode(input).Failure.Should().Be(TokenFailure.Malformed);
    }
}
