using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_refused_change_leaves_the_policy_as_it_was
{
    public static TheoryData<string, string, string[]> BadKeys => new()
    {
        { "", "auth_x", [] },
        { "x", "", [] },
        { "x", "auth_x", ["a,b"] },
        { "x", "auth_x", [""] },
        { "user", "auth_x", ["a\0"] },
    };

    [Theory]
    [MemberData(nameof(BadKeys))]
    public void A_key_is_refused_before_the_default_keys_are_dropped(string key, string issuer, string[] scopes)
    {
        PlainJwt jwt = IssuerAfter(policy => policy.AllowKey(key, issuer, scopes));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Scopes = ["user:all"] }), "scopes").Should().Be("user:all");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "none" }).AllowedValues.Should().BeEquivalentTo("user", "admin");
    }

    [Fact]
    public void A_key_without_a_default_scope_is_refused_before_the_default_keys_are_dropped()
    {
        PlainJwt jwt = IssuerAfter(
            policy => policy.AllowKey("support", "auth_support", ["support:all"]),
            policy =>
            {
                policy.AllowScopes("read");
                policy.AllowKey("user", "auth_user", ["user:all"]);
                policy.SetDefault("scopes", ClaimValue.From(["user:all"]));
            });

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann" }), "scopes").Should().Be("user:all");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "support" }).AllowedValues.Should().Equal("user");
    }

    [Theory]
    [InlineData("a", "auth_x")]
    [InlineData("x", "auth_a")]
    public void A_key_that_is_taken_changes_no_scopes(string key, string issuer)
    {
        PlainJwt jwt = IssuerAfter(policy => policy.AllowKey(key, issuer, ["stolen"]), policy => policy.AllowKey("a", "auth_a", ["own"]));

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "a", Scopes = ["stolen"] }).AllowedValues.Should().Equal("own");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "x" }).AllowedValues.Should().Equal("a");
    }

    [Fact]
    public void A_key_that_does_not_fit_an_extra_drops_no_key()
    {
        var values = new Dictionary<string, string[]> { ["user"] = ["red"] };
        PlainJwt jwt = IssuerAfter(
            policy => policy.AllowKey("support", "auth_support", []),
            policy => policy.AllowExtra(Extra.Text("team", allowedPerKey: values)));

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "none" }).AllowedValues.Should().BeEquivalentTo("user", "admin");
    }

    [Fact]
    public void A_refused_default_is_not_sent()
    {
        PlainJwt jwt = IssuerAfter(policy => policy.SetDefault("level", 9));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann" }), "level").Should().Be("0.0");
    }

    [Fact]
    public void Refused_levels_drop_no_level()
    {
        PlainJwt jwt = IssuerAfter(policy => policy.AllowLevels(3), policy => policy.SetDefault("level", 1));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Level = 4 }), "level").Should().Be("4.0");
    }

    [Fact]
    public void Refused_scopes_drop_no_scope()
    {
        PlainJwt jwt = IssuerAfter(policy => policy.AllowScopes("read", "a,b"));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Scopes = ["user:all"] }), "scopes").Should().Be("user:all");
    }

    [Fact]
    public void A_refused_extra_is_not_declared()
    {
        PlainJwt jwt = IssuerAfter(policy => policy.AllowExtra(Extra.Text("team", "green", allowed: ["red"])));

        Wire.ClaimsOf(jwt.Encode(new TokenRequest { Subject = "ann" })).ContainsKey("team").Should().BeFalse();
    }

    private static PlainJwt IssuerAfter(Action<PayloadPolicy> refused, Action<PayloadPolicy>? before = null) =>
        new(TestKeys.Issuing, policy =>
        {
            before?.Invoke(policy);
            policy.Invoking(refused).Should().ThrowExactly<ApiJwtException>();
        });
}
