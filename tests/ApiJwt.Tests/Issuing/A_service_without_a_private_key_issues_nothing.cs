using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_service_without_a_private_key_issues_nothing
{
    [Fact]
    public void And_says_what_to_set()
    {
        new PlainJwt(TestKeys.Verifying).Invoking(jwt => jwt.Encode(new TokenRequest { Subject = "ann" }))
            .Should().ThrowExactly<ApiJwtException>().WithMessage("*no private key*ApiJwtOptions.PrivateKey*JWT_KEY_PRIVATE*");
    }
}
