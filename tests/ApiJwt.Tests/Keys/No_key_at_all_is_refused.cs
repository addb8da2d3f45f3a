using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

public class No_key_at_all_is_refused
{
    [Fact]
    public void With_what_to_set()
    {
        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions())).Should().Throw<ApiJwtException>()
            .WithMessage("There is no key. Set ApiJwtOptions.PublicKeys or ApiJwtOptions.JwksUri to verify tokens, or ApiJwtOptions.PrivateKey to issue and verify them; no key never means that every token is accepted.");
    }

    [Fact]
    public void And_a_service_with_public_keys_only_says_what_to_set_to_issue()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);

        jwt.Invoking(it => it.Encode(new TokenRequest { Subject = "ann" })).Should().Throw<ApiJwtException>()
            .WithMessage("There is no private key to sign with. Set ApiJwtOptions.PrivateKey, or the environment variable JWT_KEY_PRIVATE*");
        jwt.Keys.SigningKeyId.Should().BeNull();
    }
}
