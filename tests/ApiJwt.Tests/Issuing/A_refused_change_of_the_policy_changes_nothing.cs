using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_refused_change_of_the_policy_changes_nothing
{
    private static readonly TokenRequest Plain = new() { Subject = "ann" };

    [Fact]
    public void Not_the_default_of_the_scopes() =>
        Wire.TextOf(After(policy => policy.SetDefault("scopes", new[] { "root" })).Encode(Plain), "scopes").Should().BeEmpty();

    [Fact]
    public void Not_the_default_of_the_level() =>
        Wire.TextOf(After(policy => policy.SetDefault("level", 9.0)).Encode(Plain), "level").Should().Be("0.0");

    [Fact]
    public void Not_the_built_in_keys()
    {
        PlainJwt jwt = After(policy => policy.AllowKey("support", "auth_support", ["one,two"]));

        Wire.TextOf(jwt.Encode(Plain), "iss").Should().Be("auth_user");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "support" }).AllowedValues.Should().Equal("user", "admin");
    }

    [Fact]
    public void Not_the_built_in_keys_when_an_extra_names_one_of_them()
    {
        PlainJwt jwt = new(TestKeys.Issuing, policy =>
        {
            policy.AllowExtra(Extra.Text("team", allowedPerKey: new Dictionary<string, string[]> { ["admin"] = ["red"] }));
            Attempt(() => policy.AllowKey("support", "auth_support", []));
        });

        Wire.TextOf(jwt.Encode(Plain), "iss").Should().Be("auth_user");
    }

    [Fact]
    public void Not_the_built_in_levels()
    {
        PlainJwt jwt = new(TestKeys.Issuing, policy =>
        {
            policy.SetDefault("level", 4.0);
            Attempt(() => policy.AllowLevels(1.0));
        });

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Level = 2.0 }), "level").Should().Be("2.0");
    }

    private static PlainJwt After(Action<PayloadPolicy> refused) => new(TestKeys.Issuing, policy => Attempt(() => refused(policy)));

    private static void Attempt(Action refused) => refused.Should().Throw<ApiJwtException>();
}
