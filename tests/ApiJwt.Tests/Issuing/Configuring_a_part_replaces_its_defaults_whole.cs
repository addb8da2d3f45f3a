using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>Nothing stays allowed that the subclass did not name.</summary>
public class Configuring_a_part_replaces_its_defaults_whole
{
    [Fact]
    public void The_first_key_drops_the_default_keys()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("support", "auth_support", []));

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "user" }).AllowedValues.Should().Equal("support");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "admin" }).AllowedValues.Should().Equal("support");
    }

    [Fact]
    public void Also_when_it_has_a_default_keys_name()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("user", "auth_user", ["NO"]));

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["user:all"] }).AllowedValues.Should().Equal("NO");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "admin" }).Key.Should().Be("admin");
    }

    [Fact]
    public void Further_keys_add_to_the_first()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowKey("a", "auth_a", []);
            policy.AllowKey("b", "auth_b", []);
        });

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Key = "a" }), "iss").Should().Be("auth_a");
        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Key = "b" }), "iss").Should().Be("auth_b");
    }

    [Fact]
    public void The_first_scopes_for_every_key_drop_the_default_scopes_of_each()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowScopes("read"));

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["user:all"] }).AllowedValues.Should().Equal("read");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "admin", Scopes = ["admin:all"] }).AllowedValues.Should().Equal("read");
    }

    [Fact]
    public void Further_scopes_add_to_the_first()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowScopes("read");
            policy.AllowScopes("write");
            policy.AllowKey("user", "auth_user", ["delete"]);
        });

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["other"] }).AllowedValues.Should().BeEquivalentTo("read", "write", "delete");
    }

    [Fact]
    public void The_first_levels_drop_the_default_levels()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowLevels(3.1));

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Level = 1 }).AllowedValues.Should().Equal("3.1");
    }

    [Fact]
    public void Further_levels_add_to_the_first()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowLevels(3.1);
            policy.AllowLevels(3.5, 3.1);
        });

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Level = 1 }).AllowedValues.Should().BeEquivalentTo("3.1", "3.5");
    }

    [Fact]
    public void Do_not_track_choices_do_both()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowDoNotTrack(DoNotTrack.Normal);
            policy.AllowDoNotTrack(DoNotTrack.TestUser);
        });

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", DoNotTrack = DoNotTrack.Reserved }).AllowedValues.Should().BeEquivalentTo("0", "3");
    }

    [Fact]
    public void Factors_and_targets_are_free_until_the_first_is_named()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowFactors("password");
            policy.AllowFactors("otp");
            policy.AllowTargets("bob");
        });

        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Factor = "yubikey" }).AllowedValues.Should().BeEquivalentTo("password", "otp");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Target = "eve" }).AllowedValues.Should().Equal("bob");
    }

    [Fact]
    public void Other_parts_keep_theirs()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowLevels(9));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Scopes = ["user:all"], DoNotTrack = DoNotTrack.TestUser }), "scopes").Should().Be("user:all");
    }

    [Fact]
    public void A_default_value_is_issued_whatever_is_allowed()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowLevels(3.1);
            policy.AllowFactors("otp");
            policy.AllowDoNotTrack(DoNotTrack.TestUser);
        });

        string token = jwt.Encode(new TokenRequest { Subject = "ann" });

        (Wire.TextOf(token, "level"), Wire.TextOf(token, "factor"), Wire.TextOf(token, "dnt")).Should().Be(("0.0", "", "0"));
    }
}
