namespace Hudya.Tests.Advisories;

/// <summary>jsonwebtoken (Node) up to 8.5.1: <c>none</c> was accepted when neither algorithms nor a key were given.</summary>
public class CVE_2022_23540_algorithm_none_is_no_default
{
    [Fact]
    public void A_service_with_default_settings_refuses_the_algorithm_none() =>
        new PlainJwt(TestKeys.Verifying).Decode(Forge.Sign("""{"alg":"none"}""", Forge.GoodPayload)).Failure.Should().Be(TokenFailure.UnsupportedAlgorithm);

    [Fact]
    public void A_service_without_a_key_does_not_start() =>
        FluentActions.Invoking(() => new PlainJwt(new ApiJwtOptions())).Should().Throw<ApiJwtException>();
}
