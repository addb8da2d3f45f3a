namespace Hudya.Tests.Advisories;

/// <summary>apijwt 1.3.2: without a key it signs and verifies with the pair printed in its source.</summary>
public class Python_apijwt_has_a_key_of_its_own
{
    [Fact]
    public void This_library_does_not_sign_without_a_key_in_its_settings()
    {
        var verifier = new PlainJwt(TestKeys.Verifying);

        verifier.Invoking(service => service.Encode(new TokenRequest { Subject = "ann" })).Should().Throw<ApiJwtException>().WithMessage("*PrivateKey*");
        verifier.Keys.SigningKeyId.Should().BeNull();
    }

    [Fact]
    public void This_library_verifies_only_with_keys_in_its_settings()
    {
        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions())).Should().Throw<ApiJwtException>();
        new PlainJwt(TestKeys.Verifying).Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }
}
