using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class An_extra_may_have_values_for_one_key
{
    private static readonly PlainJwt Jwt = new(TestKeys.Issuing, policy =>
    {
        policy.AllowExtra(Extra.Text("team", allowed: ["all"], allowedPerKey: Of("admin", "red")));
        policy.AllowExtra(Extra.TextList("groups", allowedPerKey: Of("admin", "a", "b")));
        policy.AllowExtra(Extra.Integer("floor", allowedPerKey: Of("admin", 7L)));
        policy.AllowExtra(Extra.Number("limit", allowedPerKey: Of("admin", 0.5)));
    });

    public static TheoryData<string, string> Values => new()
    {
        { "team", "red" },
        { "groups", "b" },
        { "floor", "7" },
        { "limit", "0.5" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Which_that_key_may_issue(string extra, string value)
    {
        Wire.TextOf(Jwt.Encode(Request("admin", extra, value)), extra).Should().Be(value);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void And_another_may_not(string extra, string value)
    {
        PolicyViolationException violation = Refusal.Of(Jwt, Request("user", extra, value));

        (violation.Claim, violation.Value, violation.Key).Should().Be((extra, value, "user"));
    }

    [Theory]
    [InlineData("user")]
    [InlineData("admin")]
    public void Beside_the_values_for_every_key(string key)
    {
        Wire.TextOf(Jwt.Encode(Request(key, "team", "all")), "team").Should().Be("all");
    }

    [Fact]
    public void And_the_key_may_issue_no_others()
    {
        Refusal.Of(Jwt, Request("admin", "team", "green")).AllowedValues.Should().BeEquivalentTo("all", "red");
    }

    [Fact]
    public void But_no_default_that_another_key_may_not_issue()
    {
        Action declare = () => _ = new PlainJwt(TestKeys.Issuing, policy =>
            policy.AllowExtra(Extra.Text("team", "red", allowedPerKey: Of("admin", "red"))));

        declare.Should().Throw<ApiJwtException>().WithMessage("The default 'red' of claim 'team' is not among the values allowed for key 'user'.*");
    }

    [Fact]
    public void Nor_a_key_after_it_that_may_not_issue_the_default()
    {
        Action allow = () => _ = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowKey("admin", "auth_admin", []);
            policy.AllowExtra(Extra.TextList("rights", ["root"], allowedPerKey: Of("admin", "root")));
            policy.AllowKey("user", "auth_user", []);
        });

        allow.Should().Throw<ApiJwtException>().WithMessage("The default 'root' of claim 'rights' is not among the values allowed for key 'user'.*");
    }

    [Fact]
    public void Or_none_for_it()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(
            Extra.Text("team", allowedPerKey: new Dictionary<string, string[]> { ["admin"] = ["red"], ["user"] = null! })));

        Refusal.Of(jwt, Request("user", "team", "red")).AllowedValues.Should().BeEmpty();
    }

    [Fact]
    public void But_a_list_without_any_key_is_refused_since_it_would_mean_that_all_is_allowed() =>
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", allowedPerKey: new Dictionary<string, string[]>()))).Should().Contain("empty allowedPerKey");

    [Fact]
    public void And_one_for_every_key_may_be_declared_before_the_keys()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowExtra(Extra.Text("team"));
            policy.AllowKey("support", "auth_support", []);
        });

        Wire.TextOf(jwt.Encode(Request("support", "team", "red")), "team").Should().Be("red");
    }

    private static Dictionary<string, T[]> Of<T>(string key, params T[] values) => new() { [key] = values };

    private static TokenRequest Request(string key, string extra, string value) => new()
    {
        Subject = "ann",
        Key = key,
        Extras = new Dictionary<string, ClaimValue>
        {
            [extra] = extra switch { "floor" => 7L, "limit" => 0.5, _ => value },
        },
    };
}
