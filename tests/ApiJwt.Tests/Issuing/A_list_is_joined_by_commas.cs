using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_list_is_joined_by_commas
{
    [Theory]
    [InlineData("")]
    [InlineData("a", "a")]
    [InlineData("b,a", "b", "a")]
    [InlineData("a b,c;d,e|f", "a b", "c;d", "e|f")]
    public void In_the_order_that_it_was_given(string expected, params string[] elements)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowScopes("a", "b", "a b", "c;d", "e|f");
            policy.AllowExtra(Extra.TextList("groups"));
        });

        string token = jwt.Encode(new TokenRequest
        {
            Subject = "ann",
            Scopes = elements,
            Extras = new Dictionary<string, ClaimValue> { ["groups"] = elements },
        });

        Wire.TextOf(token, "scopes").Should().Be(expected);
        Wire.TextOf(token, "groups").Should().Be(expected);
        jwt.Decode(token).Payload!.GetList("groups").Should().Equal(elements);
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData(",")]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("a\u0085")]
    [InlineData(null)]
    public void So_an_element_that_would_become_something_else_is_refused(string? element)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.TextList("groups")));

        var request = new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["groups"] = ClaimValue.From(["fine", element!]) } };

        Refusal.Of(jwt, request).Claim.Should().Be("groups");
    }

    [Fact]
    public void So_half_a_character_is_refused()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.TextList("groups")));

        foreach (string half in HalfCharacters.Texts)
            Refusal.Of(jwt, new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["groups"] = half } }).Claim.Should().Be("groups");
    }

    [Theory]
    [InlineData("user:all,admin:all")]
    [InlineData("")]
    [InlineData(null)]
    public void So_a_scope_never_becomes_two(string? scope)
    {
        Refusal.Of(new PlainJwt(TestKeys.Issuing), new TokenRequest { Subject = "ann", Scopes = [scope!] }).Claim.Should().Be("scopes");
    }

    [Fact]
    public void A_text_where_a_list_is_declared_is_a_list_of_one()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.TextList("groups", allowed: ["a", "b"])));

        string token = jwt.Encode(new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["groups"] = "b" } });

        Wire.TextOf(token, "groups").Should().Be("b");
    }
}
