using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class PayloadPolicyTests
{
    [Fact]
    public void Two_keys_cannot_have_one_issuer() =>
        Refusal.Of(policy => policy.AllowKey("b", "auth", []), policy => policy.AllowKey("a", "auth", []))
            .Should().Contain("'auth'").And.Contain("'a'").And.Contain("'b'").And.Contain("Policy.AllowSharedIssuers");

    [Fact]
    public void A_key_cannot_be_allowed_twice() =>
        Refusal.Of(policy => policy.AllowKey("a", "auth_other", []), AllowTwo).Should().Contain("'a'").And.Contain("already allowed");

    [Theory]
    [InlineData("", "auth"), InlineData("a", "")]
    public void A_key_or_issuer_without_a_name_is_refused(string key, string issuer) =>
        Refusal.Of(policy => policy.AllowKey(key, issuer, [])).Should().Contain("key and its issuer");

    [Fact]
    public void An_empty_list_of_allowed_values_is_refused()
    {
        Refusal.Of(policy => policy.AllowLevels()).Should().Contain("'level' is empty");
        Refusal.Of(policy => policy.AllowScopes()).Should().Contain("'scopes' is empty");
        Refusal.Of(policy => policy.AllowFactors()).Should().Contain("'factor' is empty");
        Refusal.Of(policy => policy.AllowTargets()).Should().Contain("'target' is empty");
        Refusal.Of(policy => policy.AllowDoNotTrack()).Should().Contain("'dnt' is empty");
        Refusal.Of(policy => policy.AllowAudiences()).Should().Contain("'aud' is empty");
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", allowed: []))).Should().Contain("'team' is empty");
        Refusal.Of(policy => policy.AllowExtra(Extra.Integer("age", allowed: []))).Should().Contain("'age' is empty");
        Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", allowed: []))).Should().Contain("'groups' is empty");
    }

    [Theory]
    [InlineData("a,b", "a comma"), InlineData("", "empty"), InlineData("a\tb", "a control character"), InlineData("a\0", "a control character")]
    [InlineData("a\u009f", "a control character")]
    public void A_scope_or_element_that_a_list_cannot_hold_is_refused(string element, string fault)
    {
        Refusal.Of(policy => policy.AllowScopes("fine", element)).Should().Contain("'scopes'").And.Contain(fault);
        Refusal.Of(policy => policy.AllowKey("a", "auth_a", ["fine", element])).Should().Contain("'scopes'").And.Contain(fault);
        Refusal.Of(policy => policy.SetDefault("scopes", ClaimValue.From([element]))).Should().Contain("'scopes'").And.Contain(fault);
        Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", allowed: [element]))).Should().Contain("'groups'").And.Contain(fault);
        Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", [element]))).Should().Contain("'groups'").And.Contain(fault);
    }

    [Fact]
    public void A_text_that_is_not_whole_Unicode_is_refused()
    {
        foreach (string text in HalfCharacters.Texts)
        {
            Refusal.Of(policy => policy.AllowFactors(text)).Should().Contain("'factor'").And.Contain("lone surrogate");
            Refusal.Of(policy => policy.AllowTargets(text)).Should().Contain("'target'").And.Contain("lone surrogate");
            Refusal.Of(policy => policy.AllowExtra(Extra.Text(text))).Should().Contain("without lone surrogates");
            Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", text))).Should().Contain("'team'").And.Contain("lone surrogate");
            Refusal.Of(policy => policy.AllowScopes(text)).Should().Contain("'scopes'").And.Contain("lone surrogate");
            Refusal.Of(policy => policy.AllowKey("a", "auth_a", [text])).Should().Contain("'scopes'").And.Contain("lone surrogate");
            Refusal.Of(policy => policy.AllowKey(text, "auth_a", [])).Should().Contain("without lone surrogates");
            Refusal.Of(policy => policy.AllowKey("a", text, [])).Should().Contain("without lone surrogates");
            Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", [text]))).Should().Contain("'groups'").And.Contain("lone surrogate");
            Refusal.Of(policy => policy.SetDefault("target", text)).Should().Contain("'target'").And.Contain("lone surrogate");
        }
    }

    [Fact]
    public void A_null_among_the_allowed_values_is_refused()
    {
        Refusal.Of(policy => policy.AllowScopes("fine", null!)).Should().Contain("'scopes'");
        Refusal.Of(policy => policy.AllowFactors("fine", null!)).Should().Contain("'factor'");
        Refusal.Of(policy => policy.AllowKey("a", "auth_a", [null!, "fine"])).Should().Contain("'scopes'");
    }

    [Theory]
    [InlineData("iss"), InlineData("sub"), InlineData("aud"), InlineData("exp"), InlineData("nbf"), InlineData("iat"), InlineData("jti")]
    [InlineData("level"), InlineData("factor"), InlineData("target"), InlineData("dnt"), InlineData("scopes"), InlineData("scope"), InlineData("scp")]
    [InlineData("cnf")]
    public void An_extra_cannot_have_a_reserved_name(string name) =>
        Refusal.Of(policy => policy.AllowExtra(Extra.Text(name))).Should().Contain($"'{name}' is reserved");

    [Fact]
    public void An_extra_without_a_name_is_refused() =>
        Refusal.Of(policy => policy.AllowExtra(Extra.Text(""))).Should().Contain("non-empty");

    [Fact]
    public void An_extra_cannot_be_declared_twice() =>
        Refusal.Of(policy => policy.AllowExtra(Extra.Integer("team")), policy => policy.AllowExtra(Extra.Text("team")))
            .Should().Contain("'team' is already declared");

    [Fact]
    public void A_default_must_be_among_the_allowed_values()
    {
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", "green", allowed: ["red"]))).Should().Contain("'green'").And.Contain("'team'");
        Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", ["a", "c"], allowed: ["a", "b"]))).Should().Contain("'c'").And.Contain("'groups'");
        Refusal.Of(policy => policy.AllowExtra(Extra.Number("limit", 2, allowed: [1.0]))).Should().Contain("'2.0'").And.Contain("'limit'");
        Refusal.Of(policy => policy.AllowExtra(Extra.Integer("age", 2, allowed: [1]))).Should().Contain("'2'").And.Contain("'age'");
        Refusal.Of(policy => policy.SetDefault("level", 9)).Should().Contain("'9.0'").And.Contain("AllowLevels");
        Refusal.Of(policy => policy.SetDefault("dnt", (DoNotTrack)7)).Should().Contain("'7'").And.Contain("AllowDoNotTrack");
        Refusal.Of(policy => policy.SetDefault("scopes", "user:all")).Should().Contain("'user:all'").And.Contain("'admin'");
    }

    [Fact]
    public void A_value_cannot_be_disallowed_while_it_is_a_default()
    {
        Refusal.Of(policy => policy.AllowLevels(3), policy => policy.SetDefault("level", 1)).Should().Contain("'1.0'");
        Refusal.Of(policy => policy.AllowFactors("otp"), policy => policy.SetDefault("factor", "password")).Should().Contain("'password'");
        Refusal.Of(policy => policy.AllowKey("other", "auth_other", []), AllowReadByDefault).Should().Contain("'read'").And.Contain("'other'");

        static void AllowReadByDefault(PayloadPolicy policy)
        {
            policy.AllowKey("user", "auth_user", ["read"]);
            policy.SetDefault("scopes", "read");
        }
    }

    [Fact]
    public void A_default_must_be_of_the_kind_of_its_claim()
    {
        Refusal.Of(policy => policy.SetDefault("level", "high")).Should().Contain("'level'").And.Contain("a finite number");
        Refusal.Of(policy => policy.SetDefault("level", double.NaN)).Should().Contain("'level'").And.Contain("a finite number");
        Refusal.Of(policy => policy.SetDefault("factor", 1)).Should().Contain("'factor'").And.Contain("a string");
        Refusal.Of(policy => policy.SetDefault("dnt", "0")).Should().Contain("'dnt'").And.Contain("an integer");
        Refusal.Of(policy => policy.SetDefault("scopes", 1)).Should().Contain("'scopes'").And.Contain("a list of strings");
    }

    [Fact]
    public void An_extra_cannot_have_values_for_a_key_that_is_not_allowed()
    {
        var values = new Dictionary<string, string[]> { ["root"] = ["x"] };
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", allowedPerKey: values))).Should().Contain("'team'").And.Contain("'root'");
    }

    [Fact]
    public void A_key_that_an_extra_has_values_for_cannot_be_dropped()
    {
        var values = new Dictionary<string, string[]> { ["user"] = ["x"] };
        Refusal.Of(policy => policy.AllowKey("support", "auth_support", []), policy => policy.AllowExtra(Extra.Text("team", allowedPerKey: values)))
            .Should().Contain("'team'").And.Contain("'user'").And.Contain("AllowKey for every key before AllowExtra");
    }

    [Theory]
    [InlineData(-1, "-1.0"), InlineData(-0.5, "-0.5"), InlineData(1e16, "1e+16"), InlineData(1e300, "1e+300"), InlineData(0.00009, "9e-05")]
    [InlineData(double.Epsilon, "5e-324"), InlineData(double.NaN, "NaN"), InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_level_out_of_bounds_is_named_and_refused(double level, string name) =>
        Refusal.Of(policy => policy.AllowLevels(1, level)).Should().StartWith($"The level {name} is out of bounds.");

    [Theory]
    [InlineData(-1), InlineData(4)]
    public void A_do_not_track_choice_that_is_not_defined_is_refused(int choice) =>
        Refusal.Of(policy => policy.AllowDoNotTrack(DoNotTrack.Normal, (DoNotTrack)choice)).Should().Contain("DoNotTrack");

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused(double number)
    {
        Refusal.Of(policy => policy.AllowExtra(Extra.Number("limit", number))).Should().Contain("'limit'").And.Contain("a finite number");
        Refusal.Of(policy => policy.AllowExtra(Extra.Number("limit", allowed: [number]))).Should().Contain("'limit'").And.Contain("a finite number");
    }

    [Theory]
    [InlineData(0.0), InlineData(9.0)]
    public void The_policy_freezes_with_the_first_request_issued_or_refused(double level)
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        if (level == 0)
            jwt.Encode(new TokenRequest { Subject = "ann", Level = level });
        else
            Refusal.Of(jwt, new TokenRequest { Subject = "ann", Level = level });

        Action<PayloadPolicy>[] changes =
        [
            frozen => frozen.AllowLevels(1),
            frozen => frozen.AllowDoNotTrack(DoNotTrack.Normal),
            frozen => frozen.AllowFactors("otp"),
            frozen => frozen.AllowTargets("bob"),
            frozen => frozen.AllowKey("x", "auth_x", []),
            frozen => frozen.AllowScopes("read"),
            frozen => frozen.AllowExtra(Extra.Text("team")),
            frozen => frozen.SetDefault("level", 1),
        ];
        foreach (Action<PayloadPolicy> change in changes)
            jwt.Policy.Invoking(change).Should().ThrowExactly<ApiJwtException>().WithMessage("*froze*first token*constructor*");
    }

    [Fact]
    public void The_policy_can_be_changed_until_the_first_request_even_after_a_decode()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        jwt.Decode(Forge.Claims(Forge.GoodPayload)).IsValid.Should().BeTrue();
        jwt.Policy.AllowLevels(9);
        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Level = 9 }), "level").Should().Be("9.0");
    }

    /// <summary>Guards are checked against these keys and levels, and API descriptions list them.</summary>
    [Fact]
    public void The_keys_and_levels_that_the_class_allowed_can_be_read()
    {
        var jwt = new HudyaJwt(TestKeys.Verifying);
        jwt.PolicyKeys.Select(key => $"{key.Name} {key.Issuer} {string.Join(',', key.Scopes)}").Should().Equal(
            "user auth_user user:all,NO,SE,DK", "support auth_support support:all,support:insurance,support:power,support:mobile", "admin auth_admin admin:all,user:all");
        jwt.PolicyLevels.Should().Equal(0.0, 1.0, 2.0, 3.0, 3.1, 3.5, 4.0);
    }

    [Fact]
    public void A_key_of_the_policy_shows_the_scopes_of_every_key()
    {
        var jwt = new PlainJwt(TestKeys.Verifying, policy =>
        {
            policy.AllowKey("user", "auth_user", ["own"]);
            policy.AllowScopes("shared");
        });
        jwt.PolicyKeys.Single().Scopes.Should().BeEquivalentTo("own", "shared");
    }

    /// <summary>The defaults from the Python library apply to issuing only. They do not say what a service accepts.</summary>
    [Fact]
    public void A_policy_that_allows_no_keys_and_levels_shows_none()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        jwt.PolicyKeys.Should().BeEmpty();
        jwt.PolicyLevels.Should().BeEmpty();
        jwt.Encode(new TokenRequest { Subject = "ann", Key = "admin", Level = 4 }).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("", "auth_x"), InlineData("x", ""), InlineData("x", "auth_x", "a,b"), InlineData("x", "auth_x", ""), InlineData("user", "auth_x", "a\0")]
    public void A_refused_key_does_not_drop_the_default_keys(string key, string issuer, params string[] scopes)
    {
        PlainJwt jwt = IssuerAfter(policy => policy.AllowKey(key, issuer, scopes));
        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Scopes = ["user:all"] }), "scopes").Should().Be("user:all");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "none" }).AllowedValues.Should().BeEquivalentTo("user", "admin");
    }

    [Fact]
    public void A_key_that_may_not_issue_a_default_scope_does_not_drop_the_default_keys()
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
    [InlineData("a", "auth_x"), InlineData("x", "auth_a")]
    public void A_refused_key_that_is_taken_changes_no_scopes(string key, string issuer)
    {
        PlainJwt jwt = IssuerAfter(policy => policy.AllowKey(key, issuer, ["stolen"]), policy => policy.AllowKey("a", "auth_a", ["own"]));
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "a", Scopes = ["stolen"] }).AllowedValues.Should().Equal("own");
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "x" }).AllowedValues.Should().Equal("a");
    }

    [Fact]
    public void A_key_that_is_refused_for_an_extra_drops_no_key()
    {
        var values = new Dictionary<string, string[]> { ["user"] = ["red"] };
        PlainJwt jwt = IssuerAfter(
            policy => policy.AllowKey("support", "auth_support", []),
            policy => policy.AllowExtra(Extra.Text("team", allowedPerKey: values)));
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Key = "none" }).AllowedValues.Should().BeEquivalentTo("user", "admin");
    }

    [Fact]
    public void A_refused_change_of_defaults_values_and_extras_changes_nothing()
    {
        PlainJwt[] issuers =
        [
            IssuerAfter(policy => policy.SetDefault("level", 9)),
            IssuerAfter(policy => policy.SetDefault("scopes", "root")),
            IssuerAfter(policy => policy.AllowScopes("read", "a,b")),
            IssuerAfter(policy => policy.AllowExtra(Extra.Text("team", "green", allowed: ["red"]))),
            IssuerAfter(policy => policy.AllowLevels(3), policy => policy.SetDefault("level", 0)),
        ];

        foreach (PlainJwt jwt in issuers)
        {
            string token = jwt.Encode(new TokenRequest { Subject = "ann" });
            (Wire.TextOf(token, "level"), Wire.TextOf(token, "scopes"), Wire.TextOf(token, "team")).Should().Be(("0.0", "", null));
            token = jwt.Encode(new TokenRequest { Subject = "ann", Level = 4, Scopes = ["user:all"] });
            (Wire.TextOf(token, "level"), Wire.TextOf(token, "scopes")).Should().Be(("4.0", "user:all"));
        }
    }

    private static PlainJwt IssuerAfter(Action<PayloadPolicy> refused, Action<PayloadPolicy>? before = null) =>
        new(TestKeys.Issuing, policy =>
        {
            before?.Invoke(policy);
            policy.Invoking(refused).Should().ThrowExactly<ApiJwtException>();
        });

    private static void AllowTwo(PayloadPolicy policy)
    {
        policy.AllowKey("a", "auth_a", []);
        policy.AllowKey("b", "auth_b", []);
    }
}
