using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class ExtraTests
{
    private static readonly PlainJwt OfEachKind = new(TestKeys.Issuing, policy =>
    {
        policy.AllowExtra(Extra.Text("text", "none"));
        policy.AllowExtra(Extra.Integer("integer", 0));
        policy.AllowExtra(Extra.Number("number", 0));
        policy.AllowExtra(Extra.TextList("list", []));
        policy.AllowExtra(Extra.Boolean("boolean", false));
    });

    private static readonly Dictionary<string, ClaimValue> Values = new()
    {
        ["a text"] = "1",
        ["an integer"] = 1L,
        ["a number"] = 1.5,
        ["an infinite number"] = double.PositiveInfinity,
        ["no number"] = double.NaN,
        ["a list"] = ClaimValue.From(["1"]),
        ["true"] = true,
        ["false"] = false,
    };

    private static readonly PlainJwt PerKey = new(TestKeys.Issuing, policy =>
    {
        policy.AllowExtra(Extra.Text("team", allowed: ["all"], allowedPerKey: For("admin", "red")));
        policy.AllowExtra(Extra.TextList("groups", allowedPerKey: For("admin", "a", "b")));
        policy.AllowExtra(Extra.Integer("floor", allowedPerKey: For("admin", 7L)));
        policy.AllowExtra(Extra.Number("limit", allowedPerKey: For("admin", 0.5)));
    });

    [Theory]
    [InlineData("text", "a text", "1"), InlineData("integer", "an integer", "1"), InlineData("number", "a number", "1.5")]
    [InlineData("number", "an integer", "1.0"), InlineData("list", "a list", "1"), InlineData("list", "a text", "1")]
    [InlineData("boolean", "true", "True"), InlineData("boolean", "false", "False")]
    public void An_extra_of_its_declared_kind_is_issued(string extra, string value, string expected) =>
        Wire.TextOf(OfEachKind.Encode(RequestWith.Extra(extra, Values[value])), extra).Should().Be(expected);

    [Theory]
    [InlineData("text", "a string", "an integer", "a number", "a list", "true")]
    [InlineData("integer", "an integer", "a text", "a number", "a list", "true")]
    [InlineData("number", "a finite number", "a text", "a list", "true", "an infinite number", "no number")]
    [InlineData("list", "a list of strings", "an integer", "a number", "true")]
    [InlineData("boolean", "true or false", "a text", "an integer", "a number", "a list")]
    public void An_extra_of_another_kind_is_refused(string extra, string expected, params string[] values)
    {
        foreach (string value in values)
        {
            PolicyViolationException violation = Refusal.Of(OfEachKind, RequestWith.Extra(extra, Values[value]));
            (violation.Claim, violation.Key).Should().Be((extra, "user"), value);
            violation.Message.Should().Contain($"'{extra}'").And.Contain($"must be {expected}");
        }
    }

    [Theory]
    [InlineData("text", "none"), InlineData("integer", "0"), InlineData("number", "0.0"), InlineData("list", ""), InlineData("boolean", "False")]
    public void An_extra_without_a_value_has_its_default(string extra, string expected)
    {
        Wire.TextOf(OfEachKind.Encode(RequestWith.Extra(extra, default)), extra).Should().Be(expected);
        Wire.TextOf(OfEachKind.Encode(RequestWith.Extra(extra, (string?)null)), extra).Should().Be(expected);
        Wire.TextOf(OfEachKind.Encode(RequestWith.Extra(extra, (string[]?)null)), extra).Should().Be(expected);
    }

    [Theory]
    [InlineData("text"), InlineData("list")]
    public void A_lone_surrogate_in_an_extra_is_refused(string extra)
    {
        foreach (string half in HalfCharacters.Texts)
        {
            PolicyViolationException violation = Refusal.Of(OfEachKind, RequestWith.Extra(extra, half));
            violation.Claim.Should().Be(extra);
            violation.Message.Should().Contain("lone surrogate");
        }
    }

    [Theory]
    [InlineData("city"), InlineData("Team"), InlineData("")]
    public void An_extra_that_is_not_declared_is_refused_with_the_declared_ones_to_choose_from(string name)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Text("team")));
        PolicyViolationException violation = Refusal.Of(jwt, RequestWith.Extra(name, "x"));
        (violation.Claim, violation.Key).Should().Be((name, "user"));
        violation.AllowedValues.Should().Equal("team");
        violation.Message.Should().Contain($"'{name}'").And.Contain("Declared: team").And.Contain("Policy.AllowExtra");
    }

    [Theory]
    [InlineData("scopes", "TokenRequest.Scopes"), InlineData("scope", "Policy.WriteScopesAs"), InlineData("sub", "TokenRequest.Subject")]
    [InlineData("iss", "TokenRequest.Key"), InlineData("exp", "TokenRequest.TimeToLive"), InlineData("aud", "TokenRequest.Audience")]
    [InlineData("iat", "Policy.WriteIssuedAt"), InlineData("jti", "Policy.WriteTokenId"), InlineData("nbf", "does not write it")]
    [InlineData("cnf", "does not write it"), InlineData("Level", "TokenRequest.Level"), InlineData("factor", "TokenRequest.Factor")]
    [InlineData("target", "TokenRequest.Target"), InlineData("dnt", "TokenRequest.DoNotTrack")]
    public void A_claim_of_the_library_is_no_extra_and_the_message_says_what_to_set_instead(string name, string instead)
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), RequestWith.Extra(name, "x"));
        (violation.Claim, violation.Key).Should().Be((name, "user"));
        violation.Message.Should().Contain($"'{name}' is not an extra").And.Contain(instead);
    }

    [Fact]
    public void A_policy_without_extras_says_that_none_is_declared() =>
        Refusal.Of(new PlainJwt(TestKeys.Issuing), RequestWith.Extra("city", "Oslo")).Message.Should().Contain("Declared: none");

    [Fact]
    public void An_extra_that_is_not_declared_is_refused_even_without_a_value() =>
        Refusal.Of(new PlainJwt(TestKeys.Issuing), RequestWith.Extra("city", default)).Claim.Should().Be("city");

    [Theory]
    [InlineData(null), InlineData(true), InlineData(false)]
    public void A_boolean_extra_may_have_a_default(bool? defaultValue)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Boolean("vip", defaultValue)));
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).Payload!.GetBoolean("vip").Should().Be(defaultValue);
        jwt.Decode(jwt.Encode(RequestWith.Extra("vip", true))).Payload!.GetBoolean("vip").Should().BeTrue();
    }

    public static TheoryData<string, string> PerKeyValues => [("team", "red"), ("groups", "b"), ("floor", "7"), ("limit", "0.5")];

    [Theory]
    [MemberData(nameof(PerKeyValues))]
    public void A_key_may_issue_its_own_values_of_an_extra(string extra, string value) =>
        Wire.TextOf(PerKey.Encode(Asking("admin", extra, value)), extra).Should().Be(value);

    [Theory]
    [MemberData(nameof(PerKeyValues))]
    public void A_key_may_not_issue_the_values_of_another(string extra, string value)
    {
        PolicyViolationException violation = Refusal.Of(PerKey, Asking("user", extra, value));
        (violation.Claim, violation.Value, violation.Key).Should().Be((extra, value, "user"));
    }

    [Theory]
    [InlineData("user"), InlineData("admin")]
    public void A_value_of_an_extra_for_every_key_may_be_issued_by_each(string key) =>
        Wire.TextOf(PerKey.Encode(Asking(key, "team", "all")), "team").Should().Be("all");

    [Fact]
    public void A_key_may_not_issue_a_value_of_an_extra_that_no_key_has() =>
        Refusal.Of(PerKey, Asking("admin", "team", "green")).AllowedValues.Should().BeEquivalentTo("all", "red");

    [Fact]
    public void The_default_of_an_extra_must_be_allowed_for_each_key() =>
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", "red", allowedPerKey: For("admin", "red"))))
            .Should().StartWith("The default 'red' of claim 'team' is not among the values allowed for key 'user'.");

    [Fact]
    public void A_key_that_may_not_issue_the_default_of_an_extra_is_refused()
    {
        Refusal.Of(policy => policy.AllowKey("user", "auth_user", []), AllowRights)
            .Should().StartWith("The default 'root' of claim 'rights' is not among the values allowed for key 'user'.");

        static void AllowRights(PayloadPolicy policy)
        {
            policy.AllowKey("admin", "auth_admin", []);
            policy.AllowExtra(Extra.TextList("rights", ["root"], allowedPerKey: For("admin", "root")));
        }
    }

    [Fact]
    public void Null_as_the_values_of_a_key_allows_it_none()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(
            Extra.Text("team", allowedPerKey: new Dictionary<string, string[]> { ["admin"] = ["red"], ["user"] = null! })));
        Refusal.Of(jwt, Asking("user", "team", "red")).AllowedValues.Should().BeEmpty();
    }

    [Fact]
    public void An_empty_set_of_values_per_key_is_refused() =>
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", allowedPerKey: new Dictionary<string, string[]>()))).Should().Contain("empty allowedPerKey");

    [Fact]
    public void An_extra_for_every_key_may_be_declared_before_the_keys()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowExtra(Extra.Text("team"));
            policy.AllowKey("support", "auth_support", []);
        });
        Wire.TextOf(jwt.Encode(Asking("support", "team", "red")), "team").Should().Be("red");
    }

    private static Dictionary<string, T[]> For<T>(string key, params T[] values) => new() { [key] = values };

    private static TokenRequest Asking(string key, string extra, string value) => new()
    {
        Subject = "ann", Key = key, Extras = new Dictionary<string, ClaimValue> { [extra] = extra switch { "floor" => 7L, "limit" => 0.5, _ => value } },
    };
}
