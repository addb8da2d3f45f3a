using System.Security.Claims;
using Hudya.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Verifying;

public class A_token_without_a_subject_needs_a_setting
{
    private const string Without = """{"exp":4102444800,"scope":"read"}""";

    [Theory]
    [InlineData(Without, true, TokenFailure.None)]
    [InlineData(Without, false, TokenFailure.Malformed)]
    // A subject that is there and empty is a fault of its issuer.
    [InlineData("""{"exp":4102444800,"sub":""}""", true, TokenFailure.Malformed)]
    [InlineData("""{"exp":4102444800,"sub":null}""", true, TokenFailure.Malformed)]
    [InlineData("""{"exp":4102444800,"sub":1}""", true, TokenFailure.Malformed)]
    [InlineData("""{"sub":"ann"}""", true, TokenFailure.Malformed)]
    public void As_a_client_gets_for_itself(string payload, bool isAllowed, TokenFailure expected) =>
        Service(isAllowed).Decode(Forge.Claims(payload)).Failure.Should().Be(expected);

    [Fact]
    public void And_the_payload_says_that_it_has_none()
    {
        VerifiedPayload without = Service(isAllowed: true).Decode(Forge.Claims(Without)).Payload!;
        VerifiedPayload with = Service(isAllowed: true).Decode(Forge.Claims(Forge.GoodPayload)).Payload!;

        (without.HasSubject, without.Subject).Should().Be((false, ""));
        without.HasScope("read").Should().BeTrue();
        (with.HasSubject, with.Subject).Should().Be((true, "ann"));
    }

    [Fact]
    public async Task And_its_principal_has_no_name()
    {
        ClaimsIdentity principal = (await Service(isAllowed: true).TokenHandler.ValidateTokenAsync(Forge.Claims(Without), new TokenValidationParameters())).ClaimsIdentity;

        principal.Name.Should().BeNull();
        principal.HasClaim(claim => claim.Type == "sub").Should().BeFalse();
    }

    private static PlainJwt Service(bool isAllowed) =>
        new(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, AllowMissingSubject = isAllowed });
}
