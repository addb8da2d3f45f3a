using Hudya.Tests.Support;

namespace Hudya.Tests;

public class A_key_address_alone_is_refused
{
    [Fact]
    public void Because_nobody_would_fetch_the_keys()
    {
        Action construct = () => _ = new PlainJwt(new ApiJwtOptions { JwksUri = new Uri("https://auth.example/.well-known/jwks.json") });

        construct.Should().Throw<ApiJwtException>().WithMessage("*ApiJwtOptions.JwksUri*ApiJwt.AspNetCore*");
    }

    [Fact]
    public void Even_beside_keys_that_would_do()
    {
        ApiJwtOptions options = TestKeys.Verifying;
        options.JwksUri = new Uri("https://auth.example/.well-known/jwks.json");

        Action construct = () => _ = new PlainJwt(options);

        construct.Should().Throw<ApiJwtException>().WithMessage("*ApiJwtOptions.JwksUri*");
    }
}
