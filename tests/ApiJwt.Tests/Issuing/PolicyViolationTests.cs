using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class PolicyViolationTests
{
    private static readonly PlainJwt Strict = new(TestKeys.Issuing, policy =>
    {
        policy.AllowLevels(0, 3.1);
        policy.AllowFactors("otp", "");
        policy.AllowTargets("bob");
        policy.AllowDoNotTrack(DoNotTrack.Normal);
        policy.AllowExtra(Extra.Text("team", allowed: ["red", "blue"]));
        policy.AllowExtra(Extra.Integer("age", allowed: [18, 21]));
        policy.AllowExtra(Extra.Number("limit", allowed: [0.5, 1]));
        policy.AllowExtra(Extra.TextList("groups", allowed: ["a", "b"]));
    });

    private static readonly PlainJwt Keyed = new(TestKeys.Issuing, policy =>
    {
        policy.AllowKey("user", "auth_user", ["user:all", "NO"]);
        policy.AllowKey("admin", "auth_admin", ["admin:all"]);
        policy.AllowKey("guest", "auth_guest", []);
        policy.AllowScopes("news");
    });

    [Fact]
    public void A_refused_scope_is_named_with_the_scopes_of_its_key()
    {
        PolicyViolationException violation = Refusal.Of(
            new HudyaJwt(TestKeys.Issuing), new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile", "admin:all"] });
        (violation.Claim, violation.Value, violation.Key).Should().Be(("scopes", "admin:all", "support"));
        violation.AllowedValues.Should().BeEquivalentTo("support:all", "support:insurance", "support:power", "support:mobile");
        violation.Message.Should().StartWith("Claim 'scopes': 'admin:all' is not allowed for key 'support'. Allowed: ").And.ContainAll(violation.AllowedValues)
            .And.EndWith("Allow it with Policy.AllowKey or Policy.AllowScopes, or request another value.");
    }

    [Fact]
    public void A_refused_level_is_named_with_the_allowed_levels()
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = "ann", Level = 5 });
        (violation.Claim, violation.Value, violation.Key).Should().Be(("level", "5.0", "user"));
        violation.AllowedValues.Should().Equal("0.0", "1.0", "2.0", "3.0", "4.0");
        violation.Message.Should().Contain("'5.0'").And.Contain("0.0, 1.0, 2.0, 3.0, 4.0").And.Contain("Policy.AllowLevels");
    }

    [Fact]
    public void A_refused_extra_is_named_with_its_allowed_values()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Text("team", allowed: ["red"])));
        PolicyViolationException violation = Refusal.Of(jwt, RequestWith.Extra("team", "green"));
        (violation.Claim, violation.Value, violation.Key).Should().Be(("team", "green", "user"));
        violation.AllowedValues.Should().Equal("red");
        violation.Message.Should().Contain("Extra 'team'");
    }

    [Fact]
    public void The_violation_of_a_key_without_scopes_says_that_it_allows_nothing()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("user", "auth_user", []));
        PolicyViolationException violation = Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["read"] });
        violation.AllowedValues.Should().BeEmpty();
        violation.Message.Should().Contain("Allowed: nothing.");
    }

    [Fact]
    public void A_long_list_of_allowed_values_is_cut_in_the_message_and_whole_in_the_property()
    {
        string[] scopes = [.. Enumerable.Range(1, 25).Select(number => $"scope{number}")];
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("user", "auth_user", scopes));
        PolicyViolationException violation = Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["other"] });
        violation.AllowedValues.Should().BeEquivalentTo(scopes);
        violation.Message.Should().Contain(" and 5 more.");
        scopes.Count(scope => violation.Message.Contains($" {scope},", StringComparison.Ordinal)).Should().BeInRange(19, 20);
    }

    [Fact]
    public void A_list_of_allowed_values_that_just_fits_is_not_cut()
    {
        string[] scopes = [.. Enumerable.Range(1, 20).Select(number => $"scope{number}")];
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("user", "auth_user", scopes));
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["other"] }).Message.Should().Contain(", scope20. ").And.NotContain("more");
    }

    [Theory]
    [InlineData(3.1000000000000001), InlineData(0)]
    public void An_allowed_level_is_issued(double level) =>
        Strict.Decode(Strict.Encode(new TokenRequest { Subject = "ann", Level = level })).Payload!.Level.Should().Be(level);

    [Fact]
    public void A_level_factor_target_or_do_not_track_choice_that_the_policy_does_not_allow_is_refused()
    {
        foreach (double level in (double[])[3, 3.1000000000000005, double.Epsilon])
            Refusal.Of(Strict, new TokenRequest { Subject = "ann", Level = level }).Claim.Should().Be("level");
        foreach (string factor in (string[])["OTP", "otp ", "password"])
            Refusal.Of(Strict, new TokenRequest { Subject = "ann", Factor = factor }).Claim.Should().Be("factor");
        foreach (string target in (string[])["", "eve"])
            Refusal.Of(Strict, new TokenRequest { Subject = "ann", Target = target }).Claim.Should().Be("target");
        Refusal.Of(Strict, new TokenRequest { Subject = "ann", DoNotTrack = DoNotTrack.TestUser }).Claim.Should().Be("dnt");
    }

    [Fact]
    public void An_allowed_value_of_an_extra_is_issued()
    {
        string token = Strict.Encode(new TokenRequest
        {
            Subject = "ann",
            Extras = new Dictionary<string, ClaimValue> { ["team"] = "blue", ["age"] = 21, ["limit"] = 1, ["groups"] = ClaimValue.From(["b", "a"]) },
        });

        (Wire.TextOf(token, "team"), Wire.TextOf(token, "age"), Wire.TextOf(token, "limit"), Wire.TextOf(token, "groups"))
            .Should().Be(("blue", "21", "1.0", "b,a"));
    }

    [Fact]
    public void A_value_of_an_extra_that_the_policy_does_not_allow_is_refused()
    {
        Refused("team", "green").Should().Be("green");
        Refused("age", 20).Should().Be("20");
        Refused("limit", 0.7).Should().Be("0.7");
        Refused("groups", ClaimValue.From(["a", "c"])).Should().Be("c");
    }

    [Theory]
    [InlineData("user", "user:all,NO,news"), InlineData("admin", "admin:all,news"), InlineData("guest", "news")]
    public void A_key_may_issue_its_own_scopes_and_those_of_every_key(string key, string scopes) =>
        Wire.TextOf(Keyed.Encode(new TokenRequest { Subject = "ann", Key = key, Scopes = scopes.Split(',') }), "scopes").Should().Be(scopes);

    [Theory]
    [InlineData("user", "admin:all"), InlineData("admin", "user:all"), InlineData("guest", "user:all")]
    public void A_key_may_not_issue_the_scopes_of_another(string key, string scope) =>
        Refusal.Of(Keyed, new TokenRequest { Subject = "ann", Key = key, Scopes = ["news", scope] }).Value.Should().Be(scope);

    [Theory]
    [InlineData("USER:ALL"), InlineData("user:all "), InlineData(" user:all"), InlineData("user:al"), InlineData("user:all\0"), InlineData("no")]
    [InlineData("user:all,NO"), InlineData(""), InlineData(null), InlineData("Ｎews")]
    public void A_scope_that_differs_from_an_allowed_one_is_refused(string? scope) =>
        Refusal.Of(Keyed, new TokenRequest { Subject = "ann", Scopes = [scope!] }).Claim.Should().Be("scopes");

    [Fact]
    public void A_key_without_scopes_may_issue_a_token_without_them() =>
        Wire.TextOf(Keyed.Encode(new TokenRequest { Subject = "ann", Key = "guest", Scopes = [] }), "scopes").Should().BeEmpty();

    [Theory]
    [InlineData("root"), InlineData(""), InlineData("User"), InlineData("user "), InlineData("auth_user")]
    public void An_unknown_key_is_refused_with_the_keys_to_choose_from(string key)
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = "ann", Key = key });
        (violation.Claim, violation.Value, violation.Key).Should().Be(("iss", key, key));
        violation.AllowedValues.Should().BeEquivalentTo("user", "admin");
        violation.Message.Should().Contain($"'{key}'").And.Contain("user, admin").And.Contain("TokenRequest.Key").And.Contain("AllowKey");
    }

    [Fact]
    public void A_request_must_name_a_key_if_the_policy_has_none_for_users()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("support", "auth_support", []));
        PolicyViolationException violation = Refusal.Of(jwt, new TokenRequest { Subject = "ann" });
        (violation.Claim, violation.Value, violation.Key).Should().Be(("iss", null, null));
        violation.AllowedValues.Should().Equal("support");
        violation.Message.Should().Contain("names no key").And.Contain("support").And.Contain("TokenRequest.Key");
    }

    private static string? Refused(string extra, ClaimValue value)
    {
        PolicyViolationException violation = Refusal.Of(Strict, RequestWith.Extra(extra, value));
        violation.Claim.Should().Be(extra);
        return violation.Value;
    }
}
