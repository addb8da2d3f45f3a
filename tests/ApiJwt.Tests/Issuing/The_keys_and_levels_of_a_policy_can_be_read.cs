using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>So that guards can be checked against them, and an API described.</summary>
public class The_keys_and_levels_of_a_policy_can_be_read
{
    [Fact]
    public void As_the_class_allowed_them()
    {
        var jwt = new HudyaJwt(TestKeys.Verifying);

        jwt.PolicyKeys.Select(key => $"{key.Name} {key.Issuer} {string.Join(',', key.Scopes)}").Should().Equal(
            "user auth_user user:all,NO,SE,DK", "support auth_support support:all,support:insurance,support:power,support:mobile", "admin auth_admin admin:all,user:all");
        jwt.PolicyLevels.Should().Equal(0.0, 1.0, 2.0, 3.0, 3.1, 3.5, 4.0);
    }

    [Fact]
    public void With_the_scopes_of_every_key()
    {
        var jwt = new PlainJwt(TestKeys.Verifying, policy =>
        {
            policy.AllowKey("user", "auth_user", ["own"]);
            policy.AllowScopes("shared");
        });

        jwt.PolicyKeys.Single().Scopes.Should().BeEquivalentTo("own", "shared");
    }

    /// <summary>What the Python library allows is for issuing, and says nothing of what a service means to accept.</summary>
    [Fact]
    public void And_there_are_none_where_it_allowed_none()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        jwt.PolicyKeys.Should().BeEmpty();
        jwt.PolicyLevels.Should().BeEmpty();
        jwt.Encode(new TokenRequest { Subject = "ann", Key = "admin", Level = 4 }).Should().NotBeEmpty();
    }
}
