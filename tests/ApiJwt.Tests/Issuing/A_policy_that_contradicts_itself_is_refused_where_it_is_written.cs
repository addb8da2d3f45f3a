using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_policy_that_contradicts_itself_is_refused_where_it_is_written
{
    [Fact]
    public void Two_keys_with_one_issuer()
    {
        Refusal.Of(policy => policy.AllowKey("b", "auth", []), policy => policy.AllowKey("a", "auth", []))
            .Should().Contain("'auth'").And.Contain("'a'").And.Contain("'b'");
    }

    [Fact]
    public void One_key_twice()
    {
        Refusal.Of(policy => policy.AllowKey("a", "auth_other", []), policy => policy.AllowKey("a", "auth_a", []))
            .Should().Contain("'a'").And.Contain("allowed already");
    }

    [Theory]
    [InlineData("", "auth")]
    [InlineData("a", "")]
    public void A_key_or_an_issuer_without_a_name(string key, string issuer)
    {
        Refusal.Of(policy => policy.AllowKey(key, issuer, [])).Should().Contain("key and its issuer");
    }

    [Fact]
    public void Empty_lists()
    {
        Refusal.Of(policy => policy.AllowLevels()).Should().Contain("'level' is empty");
        Refusal.Of(policy => policy.AllowScopes()).Should().Contain("'scopes' is empty");
        Refusal.Of(policy => policy.AllowFactors()).Should().Contain("'factor' is empty");
        Refusal.Of(policy => policy.AllowTargets()).Should().Contain("'target' is empty");
        Refusal.Of(policy => policy.AllowDoNotTrack()).Should().Contain("'dnt' is empty");
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", allowed: []))).Should().Contain("'team' is empty");
        Refusal.Of(policy => policy.AllowExtra(Extra.Integer("age", allowed: []))).Should().Contain("'age' is empty");
        Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", allowed: []))).Should().Contain("'groups' is empty");
    }

    [Theory]
    [InlineData("a,b", "a comma")]
    [InlineData("", "empty")]
    [InlineData("a\tb", "a control character")]
    [InlineData("a\0", "a control character")]
    [InlineData("a\u009f", "a control character")]
    public void A_value_that_cannot_stand_in_a_list(string element, string fault)
    {
        Refusal.Of(policy => policy.AllowScopes("fine", element)).Should().Contain("'scopes'").And.Contain(fault);
        Refusal.Of(policy => policy.AllowKey("a", "auth_a", ["fine", element])).Should().Contain("'scopes'").And.Contain(fault);
        Refusal.Of(policy => policy.SetDefault("scopes", ClaimValue.From([element]))).Should().Contain("'scopes'").And.Contain(fault);
        Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", allowed: [element]))).Should().Contain("'groups'").And.Contain(fault);
        Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", [element]))).Should().Contain("'groups'").And.Contain(fault);
    }

    [Fact]
    public void A_text_that_is_not_whole_Unicode()
    {
        foreach (string text in HalfCharacters.Texts)
            CheckText(text);
    }

    [Fact]
    public void A_null_among_the_values()
    {
        Refusal.Of(policy => policy.AllowScopes("fine", null!)).Should().Contain("'scopes'");
        Refusal.Of(policy => policy.AllowFactors("fine", null!)).Should().Contain("'factor'");
        Refusal.Of(policy => policy.AllowKey("a", "auth_a", [null!, "fine"])).Should().Contain("'scopes'");
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("nbf")]
    [InlineData("iat")]
    [InlineData("jti")]
    [InlineData("level")]
    [InlineData("factor")]
    [InlineData("target")]
    [InlineData("dnt")]
    [InlineData("scopes")]
    [InlineData("scope")]
    [InlineData("scp")]
    [InlineData("cnf")]
    public void An_extra_with_a_reserved_name(string name)
    {
        Refusal.Of(policy => policy.AllowExtra(Extra.Text(name))).Should().Contain($"'{name}' is reserved");
    }

    [Fact]
    public void An_extra_without_a_name()
    {
        Refusal.Of(policy => policy.AllowExtra(Extra.Text(""))).Should().Contain("non-empty");
    }

    [Fact]
    public void An_extra_declared_twice()
    {
        Refusal.Of(policy => policy.AllowExtra(Extra.Integer("team")), policy => policy.AllowExtra(Extra.Text("team")))
            .Should().Contain("'team' is allowed already");
    }

    [Fact]
    public void A_default_that_is_not_among_the_allowed_values()
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
    public void A_default_that_a_later_line_no_longer_allows()
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
    public void A_default_of_another_kind()
    {
        Refusal.Of(policy => policy.SetDefault("level", "high")).Should().Contain("'level'").And.Contain("a finite number");
        Refusal.Of(policy => policy.SetDefault("level", double.NaN)).Should().Contain("'level'").And.Contain("a finite number");
        Refusal.Of(policy => policy.SetDefault("factor", 1)).Should().Contain("'factor'").And.Contain("a text");
        Refusal.Of(policy => policy.SetDefault("dnt", "0")).Should().Contain("'dnt'").And.Contain("an integer");
        Refusal.Of(policy => policy.SetDefault("scopes", 1)).Should().Contain("'scopes'").And.Contain("a list of text");
    }

    [Fact]
    public void Values_of_an_extra_for_a_key_that_is_not_allowed()
    {
        var values = new Dictionary<string, string[]> { ["root"] = ["x"] };

        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", allowedPerKey: values))).Should().Contain("'team'").And.Contain("'root'");
    }

    [Fact]
    public void A_key_that_drops_one_an_extra_has_values_for()
    {
        var values = new Dictionary<string, string[]> { ["user"] = ["x"] };

        Refusal.Of(policy => policy.AllowKey("support", "auth_support", []), policy => policy.AllowExtra(Extra.Text("team", allowedPerKey: values)))
            .Should().Contain("'team'").And.Contain("'user'").And.Contain("AllowKey for every key before AllowExtra");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e16)]
    [InlineData(1e300)]
    [InlineData(0.00009)]
    [InlineData(double.Epsilon)]
    public void A_level_out_of_bounds(double level)
    {
        Refusal.Of(policy => policy.AllowLevels(1, level)).Should().Contain("is out of bounds");
    }

    [Theory]
    [InlineData(-0.5, "-0.5")]
    [InlineData(1e16, "1e+16")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_level_out_of_bounds_is_named(double level, string name)
    {
        Refusal.Of(policy => policy.AllowLevels(1, level)).Should().StartWith($"The level {name} is out of bounds.");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_do_not_track_choice_that_is_not_defined(int choice)
    {
        Refusal.Of(policy => policy.AllowDoNotTrack(DoNotTrack.Normal, (DoNotTrack)choice)).Should().Contain("DoNotTrack");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_not_finite(double number)
    {
        Refusal.Of(policy => policy.AllowExtra(Extra.Number("limit", number))).Should().Contain("'limit'").And.Contain("a finite number");
        Refusal.Of(policy => policy.AllowExtra(Extra.Number("limit", allowed: [number]))).Should().Contain("'limit'").And.Contain("a finite number");
    }

    private static void CheckText(string text)
    {
        Refusal.Of(policy => policy.AllowFactors(text)).Should().Contain("'factor'").And.Contain("lone surrogate");
        Refusal.Of(policy => policy.AllowTargets(text)).Should().Contain("'target'").And.Contain("lone surrogate");
        Refusal.Of(policy => policy.AllowExtra(Extra.Text(text))).Should().Contain("whole Unicode characters");
        Refusal.Of(policy => policy.AllowExtra(Extra.Text("team", text))).Should().Contain("'team'").And.Contain("lone surrogate");
        Refusal.Of(policy => policy.AllowScopes(text)).Should().Contain("'scopes'").And.Contain("lone surrogate");
        Refusal.Of(policy => policy.AllowKey("a", "auth_a", [text])).Should().Contain("'scopes'").And.Contain("lone surrogate");
        Refusal.Of(policy => policy.AllowKey(text, "auth_a", [])).Should().Contain("whole Unicode characters");
        Refusal.Of(policy => policy.AllowKey("a", text, [])).Should().Contain("whole Unicode characters");
        Refusal.Of(policy => policy.AllowExtra(Extra.TextList("groups", [text]))).Should().Contain("'groups'").And.Contain("lone surrogate");
        Refusal.Of(policy => policy.SetDefault("target", text)).Should().Contain("'target'").And.Contain("lone surrogate");
    }
}
