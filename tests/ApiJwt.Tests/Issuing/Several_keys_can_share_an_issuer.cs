using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>Other software knows the auth service by one address.</summary>
public class Several_keys_can_share_an_issuer
{
    private const string Address = "https://auth.example";

    [Fact]
    public void And_without_a_claim_no_service_can_tell_the_key()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => Allow(policy, keyClaim: null));

        foreach (string key in (string[])["user", "admin"])
        {
            VerifiedPayload payload = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann", Key = key })).Payload!;
            (payload.Issuer, payload.Key).Should().Be((Address, null));
        }

        VerifiedPayload other = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann", Key = "support" })).Payload!;
        (other.Issuer, other.Key).Should().Be(("auth_support", "support"), "that issuer is of one key alone");
    }

    [Fact]
    public void And_with_a_claim_each_token_says_it()
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
    [InlineData(Address, "\"admin\"", "admin")]
    [InlineData(Address, "\"support\"", null)]
    [InlineData("auth_support", "\"admin\"", null)]
    [InlineData("auth_other", "\"admin\"", null)]
    [InlineData(Address, "\"Admin\"", null)]
    [InlineData(Address, "\"root\"", null)]
    [InlineData(Address, "[\"admin\"]", null)]
    [InlineData(Address, "true", null)]
    [InlineData(Address, "null", null)]
    public void But_only_a_key_that_the_policy_gives_this_issuer(string issuer, string json, string? expected)
    {
        var jwt = new PlainJwt(TestKeys.Verifying, policy => Allow(policy, "role"));

        jwt.Decode(Reading.TokenWith($"\"iss\":\"{issuer}\",\"role\":{json}")).Payload!.Key.Should().Be(expected);
    }

    [Fact]
    public void And_a_token_without_the_claim_has_none() =>
        new PlainJwt(TestKeys.Verifying, policy => Allow(policy, "role")).Decode(Reading.TokenWith($"\"iss\":\"{Address}\"")).Payload!.Key.Should().BeNull();

    [Fact]
    public void Where_the_policy_says_so_first() =>
        Refusal.Of(policy => policy.AllowKey("admin", Address, []), policy => policy.AllowKey("user", Address, [])).Should().Contain("Policy.AllowSharedIssuers");

    [Theory]
    [InlineData("")]
    [InlineData("sub")]
    [InlineData("SCOPE")]
    [InlineData("cnf")]
    public void And_the_claim_has_a_name_that_is_free(string name) =>
        Refusal.Of(policy => policy.AllowSharedIssuers(name)).Should().Contain("empty or reserved");

    [Fact]
    public void Also_of_extras()
    {
        Refusal.Of(policy => policy.AllowSharedIssuers("role"), policy => policy.AllowExtra(Extra.Text("role"))).Should().Contain("'role'");
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("role")), policy => policy.AllowSharedIssuers("role")).Should().Contain("'role'");
        Refusal.Of(new PlainJwt(TestKeys.Issuing, policy => Allow(policy, "role")), new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["role"] = "admin" } })
            .Claim.Should().Be("role");
    }

    private static void Allow(PayloadPolicy policy, string? keyClaim)
    {
        policy.AllowSharedIssuers(keyClaim);
        policy.AllowKey("user", Address, []);
        policy.AllowKey("admin", Address, []);
        policy.AllowKey("support", "auth_support", []);
    }
}
