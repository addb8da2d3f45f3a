using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class A_member_the_RFC_makes_a_string_is_refused_as_anything_else
{
    /// <summary>RFC 7519, section 4.1.7. A deny-list goes by it, and must not find 1 where another reader found "1".</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[\"a\"]")]
    [InlineData("{}")]
    public void The_id_of_a_token(string id) =>
        Failure(Forge.Claims($$"""{"sub":"ann","exp":4102444800,"jti":{{id}}}""")).Should().Be(TokenFailure.Malformed);

    /// <summary>RFC 7515, sections 4.1.7 and 4.1.10. The token handler reads both as strings and refuses the rest.</summary>
    [Theory]
    [InlineData("x5t")]
    [InlineData("cty")]
    public void A_member_of_the_header(string name) =>
        Failure(Forge.Sign($$"""{"alg":"RS256","{{name}}":1}""", Forge.GoodPayload)).Should().Be(TokenFailure.Malformed);

    private static TokenFailure Failure(string token) => new HudyaJwt(TestKeys.Verifying).Decode(token).Failure;
}
