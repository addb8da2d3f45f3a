using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class Issuers_can_be_limited_to_a_list
{
    private const string Good = "\"iss\":\"auth_user\"";

    public static TheoryData<string[], string, TokenFailure> Table => new()
    {
        { [], "\"iss\":\"anybody\"", TokenFailure.None },
        { [], "\"level\":\"1.0\"", TokenFailure.None },
        { [], "\"iss\":\"\"", TokenFailure.None },
        { ["auth_user"], Good, TokenFailure.None },
        { ["https://auth.example", "auth_user"], Good, TokenFailure.None },
        { ["https://auth.example", "auth_user"], "\"iss\":\"https:\\/\\/auth.example\"", TokenFailure.None },
        { ["auth_user"], "\"iss\":\"auth_admin\"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"iss\":\"Auth_User\"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"iss\":\"auth_user \"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"iss\":\"auth_user,auth_admin\"", TokenFailure.InvalidIssuer },
        { ["https://auth.example"], "\"iss\":\"https://auth.example/\"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"iss\":\"\"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"level\":\"1.0\"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"ISS\":\"auth_user\"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"iss\":[\"auth_user\"]", TokenFailure.Malformed },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void And_a_token_of_another_or_of_none_is_refused(string[] issuers, string members, TokenFailure expected)
    {
        PlainJwt service = Service(issuers);
        string token = Reading.TokenWith(members);

        service.Decode(token).Failure.Should().Be(expected);
        service.Decode(token).Failure.Should().Be(expected, "it is the same at the second look");
    }

    [Theory]
    [InlineData("""{"sub":"ann","exp":4102444800,"iss":"other","level":"x"}""", TokenFailure.Malformed)]
    [InlineData("""{"sub":"ann","exp":4102444800,"iss":"other","aud":"other"}""", TokenFailure.InvalidIssuer)]
    [InlineData("""{"sub":"ann","exp":1,"iss":"other"}""", TokenFailure.InvalidIssuer)]
    [InlineData("""{"sub":"ann","exp":1,"iss":"auth_user"}""", TokenFailure.Expired)]
    public void After_the_claims_and_before_audience_and_time(string payload, TokenFailure expected) =>
        Service(["auth_user"]).Decode(Forge.Claims(payload)).Failure.Should().Be(expected);

    [Fact]
    public void And_a_forged_token_is_called_forged_whatever_its_issuer()
    {
        using var foreign = TestKeys.RsaOf(TestKeys.Foreign.PrivateKeyPem);

        Service(["auth_user"]).Decode(Forge.Sign(Forge.Rs256Header, """{"sub":"ann","exp":4102444800,"iss":"other"}""", foreign)).Failure
            .Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void Which_is_read_once()
    {
        ApiJwtOptions options = TestKeys.Verifying;
        options.Issuers.Add("auth_user");
        var service = new PlainJwt(options);

        options.Issuers.Clear();
        options.Issuers.Add("other");

        service.Decode(Reading.TokenWith(Good)).IsValid.Should().BeTrue();
        service.Decode(Reading.TokenWith("\"iss\":\"other\"")).Failure.Should().Be(TokenFailure.InvalidIssuer);
    }

    private static PlainJwt Service(string[] issuers)
    {
        ApiJwtOptions options = TestKeys.Verifying;
        foreach (string issuer in issuers)
            options.Issuers.Add(issuer);
        return new PlainJwt(options);
    }
}
