using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_violation_says_what_was_refused_and_what_to_do
{
    [Fact]
    public void For_a_scope()
    {
        PolicyViolationException violation = Refusal.Of(
            new HudyaJwt(TestKeys.Issuing), new TokenRequest { Subject = "ann", Key = "support", Scopes = ["support:mobile", "admin:all"] });

        (violation.Claim, violation.Value, violation.Key).Should().Be(("scopes", "admin:all", "support"));
        violation.AllowedValues.Should().BeEquivalentTo("support:all", "support:insurance", "support:power", "support:mobile");
        violation.Message.Should().StartWith("Claim 'scopes': 'admin:all' is not allowed for key 'support'. Allowed: ").And.ContainAll(violation.AllowedValues)
            .And.EndWith("Allow it with Policy.AllowKey or Policy.AllowScopes, or ask for another value.");
    }

    [Fact]
    public void For_a_level()
    {
        PolicyViolationException violation = Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = "ann", Level = 5 });

        (violation.Claim, violation.Value, violation.Key).Should().Be(("level", "5.0", "user"));
        violation.AllowedValues.Should().Equal("0.0", "1.0", "2.0", "3.0", "4.0");
        violation.Message.Should().Contain("'5.0'").And.Contain("0.0, 1.0, 2.0, 3.0, 4.0").And.Contain("Policy.AllowLevels");
    }

    [Fact]
    public void For_an_extra()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Text("team", allowed: ["red"])));

        PolicyViolationException violation = Refusal.Of(
            jwt, new TokenRequest { Subject = "ann", Key = "admin", Extras = new Dictionary<string, ClaimValue> { ["team"] = "green" } });

        (violation.Claim, violation.Value, violation.Key).Should().Be(("team", "green", "admin"));
        violation.AllowedValues.Should().Equal("red");
        violation.Message.Should().Contain("Extra 'team'");
    }

    [Fact]
    public void For_a_key_that_may_issue_nothing()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("user", "auth_user", []));

        PolicyViolationException violation = Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["read"] });

        violation.AllowedValues.Should().BeEmpty();
        violation.Message.Should().Contain("Allowed: nothing.");
    }

    [Fact]
    public void A_long_list_is_cut_in_the_message_and_whole_in_the_property()
    {
        string[] scopes = [.. Enumerable.Range(1, 25).Select(number => $"scope{number}")];
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("user", "auth_user", scopes));

        PolicyViolationException violation = Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["other"] });

        violation.AllowedValues.Should().BeEquivalentTo(scopes);
        violation.Message.Should().Contain(" and 5 more.");
        scopes.Count(scope => violation.Message.Contains($" {scope},", StringComparison.Ordinal)).Should().BeInRange(19, 20);
    }

    [Fact]
    public void A_list_that_just_fits_is_not_cut()
    {
        string[] scopes = [.. Enumerable.Range(1, 20).Select(number => $"scope{number}")];
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("user", "auth_user", scopes));

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["other"] }).Message.Should().Contain(", scope20. ").And.NotContain("more");
    }

    [Fact]
    public void It_is_caught_with_every_other_mistake_of_the_caller()
    {
        new PlainJwt(TestKeys.Issuing).Invoking(jwt => jwt.Encode(new TokenRequest { Subject = "ann", Level = 9 }))
            .Should().Throw<ApiJwtException>();
    }
}
