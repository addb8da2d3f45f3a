using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class PolicyDefaultsTests
{
    private static readonly PlainJwt Default = new(TestKeys.Issuing);

    private static readonly (string Name, Action<PayloadPolicy> Configure, TokenRequest Refused, string[] Allowed)[] Parts =
    [
        ("one key, and not user", policy => policy.AllowKey("support", "auth_support", []), new() { Subject = "ann", Key = "user" }, ["support"]),
        ("one key, and not admin", policy => policy.AllowKey("support", "auth_support", []), new() { Subject = "ann", Key = "admin" }, ["support"]),
        ("one key with the name of a default one", policy => policy.AllowKey("user", "auth_user", ["NO"]), new() { Subject = "ann", Key = "admin" }, ["user"]),
        ("one key with another scope", policy => policy.AllowKey("user", "auth_user", ["NO"]), new() { Subject = "ann", Scopes = ["user:all"] }, ["NO"]),
        ("one scope, and not that of user", policy => policy.AllowScopes("read"), new() { Subject = "ann", Scopes = ["user:all"] }, ["read"]),
        ("one scope, and not that of admin", policy => policy.AllowScopes("read"), new() { Subject = "ann", Key = "admin", Scopes = ["admin:all"] }, ["read"]),
        ("further scopes", InTurn(policy => policy.AllowScopes("read"), policy => policy.AllowScopes("write"), policy => policy.AllowKey("user", "auth_user", ["delete"])),
            new() { Subject = "ann", Scopes = ["other"] }, ["read", "write", "delete"]),
        ("one level", policy => policy.AllowLevels(3.1), new() { Subject = "ann", Level = 1 }, ["3.1"]),
        ("further levels", InTurn(policy => policy.AllowLevels(3.1), policy => policy.AllowLevels(3.5, 3.1)), new() { Subject = "ann", Level = 1 }, ["3.1", "3.5"]),
        ("choices of do-not-track", InTurn(policy => policy.AllowDoNotTrack(DoNotTrack.Normal), policy => policy.AllowDoNotTrack(DoNotTrack.TestUser)),
            new() { Subject = "ann", DoNotTrack = DoNotTrack.Reserved }, ["0", "3"]),
        ("factors", InTurn(policy => policy.AllowFactors("password"), policy => policy.AllowFactors("otp")), new() { Subject = "ann", Factor = "yubikey" }, ["password", "otp"]),
        ("one target", policy => policy.AllowTargets("bob"), new() { Subject = "ann", Target = "eve" }, ["bob"]),
    ];

    [Theory]
    [InlineData(null, "auth_user"), InlineData("user", "auth_user"), InlineData("admin", "auth_admin")]
    public void Users_and_admins_have_issuers_by_default(string? asked, string issuer) =>
        Wire.TextOf(Default.Encode(new TokenRequest { Subject = "ann", Key = asked }), "iss").Should().Be(issuer);

    [Theory]
    [InlineData("user", "user:all"), InlineData("admin", "admin:all")]
    public void Each_default_key_has_one_scope(string key, string scope) =>
        Default.Decode(Default.Encode(new TokenRequest { Subject = "ann", Key = key, Scopes = [scope] })).Payload!.Scopes.Should().Equal(scope);

    [Theory]
    [InlineData("user", "admin:all"), InlineData("admin", "user:all")]
    public void A_default_key_cannot_issue_the_scope_of_the_other(string key, string scope) =>
        Refusal.Of(Default, new TokenRequest { Subject = "ann", Key = key, Scopes = [scope] }).Claim.Should().Be("scopes");

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void The_default_levels_are_0_to_4(double level) =>
        Default.Decode(Default.Encode(new TokenRequest { Subject = "ann", Level = level })).Payload!.Level.Should().Be(level);

    [Theory]
    [InlineData(0.5), InlineData(3.1), InlineData(5), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity), InlineData(1e300)]
    public void A_level_that_is_not_a_default_level_is_refused(double level) =>
        Refusal.Of(Default, new TokenRequest { Subject = "ann", Level = level }).Claim.Should().Be("level");

    [Theory]
    [InlineData(-1), InlineData(4)]
    public void A_do_not_track_choice_that_is_not_defined_is_refused(int choice) =>
        Refusal.Of(Default, new TokenRequest { Subject = "ann", DoNotTrack = (DoNotTrack)choice }).Claim.Should().Be("dnt");

    [Theory]
    [InlineData(""), InlineData("yubikey"), InlineData("a,b \n \"'\\ Å 😀")]
    public void Any_factor_and_target_may_be_issued_by_default(string text)
    {
        VerifiedPayload payload = Default.Decode(Default.Encode(new TokenRequest { Subject = "ann", Factor = text, Target = text })).Payload!;
        (payload.Factor, payload.Target).Should().Be((text, text));
    }

    public static TheoryData<string> PartNames => [.. Parts.Select(part => part.Name)];

    /// <summary>Once a subclass allows values, no default value stays allowed.</summary>
    [Theory]
    [MemberData(nameof(PartNames))]
    public void The_first_value_of_a_part_drops_its_defaults_and_further_ones_add_to_it(string name)
    {
        (_, Action<PayloadPolicy> configure, TokenRequest refused, string[] allowed) = Parts.Single(part => part.Name == name);
        Refusal.Of(new PlainJwt(TestKeys.Issuing, configure), refused).AllowedValues.Should().Equal(allowed);
    }

    [Fact]
    public void Configuring_one_part_leaves_the_defaults_of_the_others()
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

    [Theory]
    [InlineData("level"), InlineData("factor"), InlineData("target"), InlineData("dnt"), InlineData("scopes"), InlineData("team")]
    public void A_claim_whose_default_is_null_is_not_written(string claim)
    {
        string[] all = NamesOf(Issuer(_ => { }));
        all.Should().Contain(claim);
        NamesOf(Issuer(policy => policy.SetDefault(claim, null))).Should().BeEquivalentTo(all.Where(name => name != claim));
    }

    [Fact]
    public void A_claim_without_a_default_is_written_when_a_request_sets_it()
    {
        PlainJwt jwt = Issuer(policy => policy.SetDefault("dnt", null));
        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", DoNotTrack = DoNotTrack.TestUser }), "dnt").Should().Be("3");
    }

    [Fact]
    public void The_last_default_of_a_claim_is_written()
    {
        PlainJwt jwt = Issuer(policy =>
        {
            policy.SetDefault("level", null);
            policy.SetDefault("level", 3.0);
            policy.SetDefault("factor", "password");
            policy.SetDefault("target", "everyone");
            policy.SetDefault("dnt", DoNotTrack.NotAnonymous);
            policy.AllowScopes("read", "write");
            policy.SetDefault("scopes", ClaimValue.From(["read", "write"]));
            policy.SetDefault("team", "blue");
            policy.AllowExtra(Extra.Boolean("vip", true));
            policy.SetDefault("vip", false);
        });

        Wire.ShouldCarry(jwt.Encode(new TokenRequest { Subject = "ann" }), """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"3.0","factor":"password","target":"everyone","dnt":"2","scopes":"read,write",
             "team":"blue","vip":"False"}
            """);
    }

    [Fact]
    public void The_value_of_a_request_replaces_the_default()
    {
        PlainJwt jwt = Issuer(policy => policy.SetDefault("factor", "password"));
        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Factor = "" }), "factor").Should().BeEmpty();
    }

    [Theory]
    [InlineData("team"), InlineData("sub"), InlineData("exp"), InlineData("iss"), InlineData("aud"), InlineData("Level"), InlineData("")]
    public void An_unknown_claim_cannot_have_a_default(string claim) =>
        Refusal.Of(policy => policy.SetDefault(claim, "x")).Should().Contain($"'{claim}'").And.Contain("AllowExtra");

    private static PlainJwt Issuer(Action<PayloadPolicy> configure) => new(Clock.Issuing(Clock.Standing()), policy =>
    {
        policy.AllowExtra(Extra.Text("team", "red"));
        configure(policy);
    });

    private static Action<PayloadPolicy> InTurn(params Action<PayloadPolicy>[] steps) => policy => Array.ForEach(steps, step => step(policy));

    private static string[] NamesOf(PlainJwt jwt) => [.. Wire.ClaimsOf(jwt.Encode(new TokenRequest { Subject = "ann" })).Select(member => member.Key)];
}
