using Hudya.Tests.Support;

namespace Hudya.Tests.Advisories;

/// <summary>jsonwebtoken (Rust) below 10.3.0: a time that was not a number counted as one that was not there.</summary>
public class CVE_2026_25537_an_expiry_of_the_wrong_type_is_not_absent
{
    [Theory]
    [InlineData("exp")]
    [InlineData("nbf")]
    public void Nor_is_a_not_before(string claim)
    {
        var service = new PlainJwt(TestKeys.Verifying);
        foreach (string json in (string[])["\"1\"", "\"4102444800\"", "null", "true", "[1]", "{}"])
        {
            string payload = claim == "exp" ? $$"""{"sub":"ann","exp":{{json}}}""" : $$"""{"sub":"ann","exp":4102444800,"nbf":{{json}}}""";
            service.Decode(Forge.Claims(payload)).Failure.Should().Be(TokenFailure.Malformed);
        }
    }
}
