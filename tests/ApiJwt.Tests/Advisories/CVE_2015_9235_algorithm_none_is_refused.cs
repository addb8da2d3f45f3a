namespace Hudya.Tests.Advisories;

/// <summary>jsonwebtoken (Node) below 4.2.2: a token that named the algorithm <c>none</c> needed no signature.</summary>
public class CVE_2015_9235_algorithm_none_is_refused
{
    [Theory]
    [InlineData("none"), InlineData("None"), InlineData("NONE"), InlineData("nOnE")]
    public void A_token_with_the_algorithm_none_is_refused_in_every_spelling(string algorithm)
    {
        string unsigned = Forge.Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""") + "." + Forge.Encode(Forge.GoodPayload);
        var service = new PlainJwt(TestKeys.Verifying);

        service.Decode(unsigned + ".").Failure.Should().Be(TokenFailure.Malformed);
        service.Decode(unsigned + ".AA").Failure.Should().Be(TokenFailure.UnsupportedAlgorithm);
    }
}
