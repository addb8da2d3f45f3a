namespace Hudya.Tests.Advisories;

/// <summary>jsonwebtoken (Rust) below 10.3.0: an <c>exp</c> or <c>nbf</c> that was not a number counted as missing.</summary>
public class CVE_2026_25537_an_expiry_of_the_wrong_type_is_not_absent
{
    [Theory]
    [InlineData("exp"), InlineData("nbf")]
    public void An_expiry_or_not_before_that_is_no_number_is_refused(string claim)
    {
        var service = new PlainJwt(TestKeys.Verifying);
        foreach (string json in (string[])["\"1\"", "\"4102444800\"", "null", "true", "[1]", "{}"])
        {
            string payload = claim == "exp" ? $$"""{"sub":"ann","exp":{{json}}}""" : $$"""{"sub":"ann","exp":4102444800,"nbf":{{json}}}""";
            service.Decode(Forge.Claims(payload)).Failure.Should().Be(TokenFailure.Malformed);
        }
    }
}
