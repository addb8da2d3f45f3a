using Hudya.Tests.Support;

namespace Hudya.Tests.Advisories;

/// <summary>jsonwebtoken (Node) up to 8.5.1: without a list of algorithms and with a key that was missing, <c>none</c> was accepted.</summary>
public class CVE_2022_23540_algorithm_none_is_no_default
{
    [Fact]
    public void In_a_service_that_sets_nothing_but_its_key()
    {
        var options = new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem } };
        string token = Forge.Sign("""{"alg":"none"}""", Forge.GoodPayload);

        new PlainJwt(options).Decode(token).Failure.Should().Be(TokenFailure.UnsupportedAlgorithm);
    }

    [Fact]
    public void Nor_where_the_key_is_missing()
    {
        Action start = () => _ = new PlainJwt(new ApiJwtOptions());

        start.Should().Throw<ApiJwtException>();
    }
}
