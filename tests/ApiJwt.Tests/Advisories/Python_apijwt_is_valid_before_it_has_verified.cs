namespace Hudya.Tests.Advisories;

/// <summary>apijwt 1.3.2: <c>is_valid</c> is true until the token is verified.</summary>
public class Python_apijwt_is_valid_before_it_has_verified
{
    [Fact]
    public void This_library_shows_no_payload_that_was_not_verified()
    {
        DecodeResult result = new PlainJwt(TestKeys.Verifying).Decode(Forge.Sign(Forge.Rs256Header, Forge.GoodPayload, TestKeys.ForeignKey));

        (result.IsValid, result.IsBad, result.Payload).Should().Be((false, true, null));
    }
}
