using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class IssuerTests
{
    private const string Good = "\"iss\":\"auth_user\"";
    private const string Address = "https://auth.example";

    public static TheoryData<string[], string, TokenFailure> Issuers => new()
    {
        { [], "\"iss\":\"anybody\"", TokenFailure.None },
        { [], "\"level\":\"1.0\"", TokenFailure.None },
        { [], "\"iss\":\"\"", TokenFailure.None },
        { ["auth_user"], Good, TokenFailure.None },
        { ["https://auth.example", "auth_user"], Good, TokenFailure.None },
        { ["auth_user"], "\"iss\":\"auth_admin\"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"level\":\"1.0\"", TokenFailure.InvalidIssuer },
        { ["auth_user"], "\"iss\":[\"auth_user\"]", TokenFailure.Malformed },
    };

    [Theory]
    [MemberData(nameof(Issuers))]
    public void A_token_of_an_issuer_that_is_not_on_the_list_is_refused(string[] issuers, string members, TokenFailure expected)
    {
        PlainJwt service = Service(issuers);
        string token = Reading.TokenWith(members);
        service.Decode(token).Failure.Should().Be(expected);
        service.Decode(token).Failure.Should().Be(expected, "the second decode gives the same result");
    }

    [Theory]
    [InlineData("""{"sub":"ann","exp":4102444800,"iss":"other","level":"x"}""", TokenFailure.Malformed)]
    [InlineData("""{"sub":"ann","exp":4102444800,"iss":"other","aud":"other"}""", TokenFailure.InvalidIssuer)]
    [InlineData("""{"sub":"ann","exp":1,"iss":"other"}""", TokenFailure.InvalidIssuer)]
    [InlineData("""{"sub":"ann","exp":1,"iss":"auth_user"}""", TokenFailure.Expired)]
    public void The_issuer_is_checked_after_the_claims_and_before_audience_and_time(string payload, TokenFailure expected) =>
        Service(["auth_user"]).Decode(Forge.Claims(payload)).Failure.Should().Be(expected);

    [Fact]
    public void A_forged_token_is_reported_as_forged_with_any_issuer() =>
        Service(["auth_user"]).Decode(Forge.Sign(Forge.Rs256Header, """{"sub":"ann","exp":4102444800,"iss":"other"}""", TestKeys.ForeignKey)).Failure
            .Should().Be(TokenFailure.InvalidSignature);

    [Theory]
    [InlineData("auth_user", "user"), InlineData("auth_admin", "admin"), InlineData("auth_other", null), InlineData("Auth_User", null)]
    [InlineData("user", null), InlineData("", null)]
    public void The_key_is_known_by_its_issuer_if_the_policy_has_it(string issuer, string? key)
    {
        VerifiedPayload payload = new HudyaJwt(TestKeys.Verifying).Decode(Reading.TokenWith($"\"iss\":\"{issuer}\"")).Payload!;
        (payload.Issuer, payload.Key).Should().Be((issuer, key));
    }

    [Fact]
    public void A_token_without_an_issuer_has_no_key()
    {
        VerifiedPayload payload = Reading.Of("\"level\":\"1.0\"");
        (payload.Issuer, payload.Key).Should().Be(("", null));
    }

    /// <summary>A partner's token must not get the rights of our admins by naming their issuer.</summary>
    [Theory]
    [InlineData("auth_user"), InlineData("auth_admin"), InlineData("auth_support")]
    public void A_class_without_a_policy_knows_no_key(string issuer) =>
        Reading.Of($"\"iss\":\"{issuer}\"").Key.Should().BeNull();

    [Fact]
    public void Only_the_issuer_of_a_token_is_compared_with_the_policy()
    {
        VerifiedPayload payload = Reading.Of("\"iss\":\"other\",\"level\":\"99.5\",\"factor\":\"magic\",\"scopes\":\"root\",\"extra\":\"x\"");
        (payload.Level, payload.Factor, payload.HasScope("root"), payload.GetText("extra")).Should().Be((99.5, "magic", true, "x"));
    }

    /// <summary>Other software expects one issuer for all tokens of an auth service.</summary>
    [Fact]
    public void The_key_of_a_shared_issuer_is_not_known_without_a_claim()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => Allow(policy, keyClaim: null));

        foreach (string key in (string[])["user", "admin"])
        {
            VerifiedPayload payload = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann", Key = key })).Payload!;
            (payload.Issuer, payload.Key).Should().Be((Address, null));
        }

        VerifiedPayload other = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann", Key = "support" })).Payload!;
        (other.Issuer, other.Key).Should().Be(("auth_support", "support"), "only one key has that issuer");
    }

    [Fact]
    public void Each_token_of_a_shared_issuer_names_its_key_in_a_claim()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => Allow(policy, "role"));

        foreach (string key in (string[])["user", "admin", "support"])
        {
            string token = jwt.Encode(new TokenRequest { Subject = "ann", Key = key });
            Wire.TextOf(token, "role").Should().Be(key);
            jwt.Decode(token).Payload!.Key.Should().Be(key);
        }
    }

    [Theory]
    [InlineData(Address, "\"admin\"", "admin"), InlineData(Address, "\"support\"", null), InlineData("auth_support", "\"admin\"", null)]
    [InlineData("auth_other", "\"admin\"", null), InlineData(Address, "\"Admin\"", null), InlineData(Address, "\"root\"", null)]
    [InlineData(Address, "[\"admin\"]", null), InlineData(Address, "true", null), InlineData(Address, "null", null), InlineData(Address, null, null)]
    public void A_claim_names_only_a_key_that_the_policy_gives_this_issuer(string issuer, string? json, string? expected)
    {
        var jwt = new PlainJwt(TestKeys.Verifying, policy => Allow(policy, "role"));
        jwt.Decode(Reading.TokenWith($"\"iss\":\"{issuer}\"{(json is null ? "" : ",\"role\":")}{json}")).Payload!.Key.Should().Be(expected);
    }

    [Theory]
    [InlineData(""), InlineData("sub"), InlineData("SCOPE"), InlineData("cnf")]
    public void The_claim_for_the_key_must_not_have_a_reserved_name(string name) =>
        Refusal.Of(policy => policy.AllowSharedIssuers(name)).Should().Contain("empty or reserved");

    [Fact]
    public void The_claim_for_the_key_must_not_have_the_name_of_an_extra()
    {
        Refusal.Of(policy => policy.AllowSharedIssuers("role"), policy => policy.AllowExtra(Extra.Text("role"))).Should().Contain("'role'");
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("role")), policy => policy.AllowSharedIssuers("role")).Should().Contain("'role'");
        Refusal.Of(new PlainJwt(TestKeys.Issuing, policy => Allow(policy, "role")), RequestWith.Extra("role", "admin"))
            .Claim.Should().Be("role");
    }

    private static PlainJwt Service(string[] issuers)
    {
        ApiJwtOptions options = TestKeys.Verifying;
        foreach (string issuer in issuers)
            options.Issuers.Add(issuer);
        return new PlainJwt(options);
    }

    private static void Allow(PayloadPolicy policy, string? keyClaim)
    {
        policy.AllowSharedIssuers(keyClaim);
        policy.AllowKey("user", Address, []);
        policy.AllowKey("admin", Address, []);
        policy.AllowKey("support", "auth_support", []);
    }
}
