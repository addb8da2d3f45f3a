using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

/// <summary>RFC 7800, 8705 and 9449: to accept it without asking for the key would make the binding worthless.</summary>
public class A_token_that_is_bound_to_its_sender_is_no_bearer_token
{
    public static TheoryData<string> Confirmations =>
    [
        "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}",
        "{\"x5t#S256\":\"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\"}",
        "{\"jwk\":{\"kty\":\"oct\"}}",
        "{}",
        "null",
        "\"\"",
        "[]",
        "false",
    ];

    [Theory]
    [MemberData(nameof(Confirmations))]
    public void Unless_the_service_says_that_it_checks_the_binding(string confirmation)
    {
        string token = Reading.TokenWith($"\"cnf\":{confirmation}");
        var careful = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, ChecksTokenBinding = true });

        DecodeResult refused = new PlainJwt(TestKeys.Verifying).Decode(token);
        DecodeResult accepted = careful.Decode(token);

        refused.Failure.Should().Be(TokenFailure.SenderConstrained);
        refused.Reason.Should().Contain("ApiJwtOptions.ChecksTokenBinding").And.NotContain("jkt");
        accepted.Payload!.Extras["cnf"].GetRawText().Should().Be(confirmation);
    }

    [Fact]
    public void Whose_claim_can_then_be_read_like_any_other()
    {
        var careful = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, ChecksTokenBinding = true });

        careful.Decode(Reading.TokenWith("\"cnf\":{\"jkt\":\"thumbprint\"}")).Payload!.Extras["cnf"].GetProperty("jkt").GetString().Should().Be("thumbprint");
    }

    [Theory]
    [InlineData("\"CNF\":{}")]
    [InlineData("\"x\":{\"cnf\":{}}")]
    public void And_one_that_only_looks_like_it_is(string members) =>
        new PlainJwt(TestKeys.Verifying).Decode(Reading.TokenWith(members)).IsValid.Should().BeTrue();
}
