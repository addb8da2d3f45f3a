namespace Hudya.Tests.Advisories;

/// <summary>apijwt 1.3.2: claims that the second token lacks keep the values of the first.</summary>
public class Python_apijwt_keeps_the_claims_of_an_earlier_token
{
    [Fact]
    public void This_library_keeps_no_claims_of_an_earlier_token()
    {
        var service = new PlainJwt(TestKeys.Verifying);
        service.Decode(Forge.Claims(Forge.GoodPayload)).Payload!.HasScope("user:all").Should().BeTrue();

        DecodeResult poorer = service.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800}"""));
        DecodeResult refused = service.Decode("not.a.token");

        poorer.Payload!.Scopes.Should().BeEmpty();
        poorer.Payload.Level.Should().Be(0);
        refused.Payload.Should().BeNull();
    }
}
