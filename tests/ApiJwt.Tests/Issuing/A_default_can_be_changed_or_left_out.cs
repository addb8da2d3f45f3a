using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_default_can_be_changed_or_left_out
{
    [Theory]
    [InlineData("level")]
    [InlineData("factor")]
    [InlineData("target")]
    [InlineData("dnt")]
    [InlineData("scopes")]
    [InlineData("team")]
    public void A_default_of_null_takes_the_claim_out_of_the_token(string claim)
    {
        PlainJwt plain = Issuer(_ => { });
        PlainJwt pruned = Issuer(policy => policy.SetDefault(claim, null));

        string[] all = [.. Wire.ClaimsOf(plain.Encode(new TokenRequest { Subject = "ann" })).Select(member => member.Key)];
        string[] left = [.. Wire.ClaimsOf(pruned.Encode(new TokenRequest { Subject = "ann" })).Select(member => member.Key)];

        all.Should().Contain(claim);
        left.Should().BeEquivalentTo(all.Where(name => name != claim));
    }

    [Fact]
    public void A_claim_without_a_default_is_sent_when_it_is_asked_for()
    {
        PlainJwt jwt = Issuer(policy => policy.SetDefault("dnt", null));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", DoNotTrack = DoNotTrack.TestUser }), "dnt").Should().Be("3");
    }

    [Fact]
    public void Another_default_is_sent_in_its_place()
    {
        PlainJwt jwt = Issuer(policy =>
        {
            policy.SetDefault("level", 3.0);
            policy.SetDefault("factor", "password");
            policy.SetDefault("target", "everyone");
            policy.SetDefault("dnt", DoNotTrack.NotAnonymous);
            policy.AllowScopes("read", "write");
            policy.SetDefault("scopes", ClaimValue.From(["read", "write"]));
            policy.SetDefault("team", "blue");
        });

        Wire.ShouldCarry(jwt.Encode(new TokenRequest { Subject = "ann" }), """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"3.0","factor":"password","target":"everyone","dnt":"2","scopes":"read,write","team":"blue"}
            """);
    }

    [Fact]
    public void What_a_request_asks_for_goes_before_a_default()
    {
        PlainJwt jwt = Issuer(policy => policy.SetDefault("factor", "password"));

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Factor = "" }), "factor").Should().BeEmpty();
    }

    [Fact]
    public void A_default_can_be_taken_out_and_put_back()
    {
        PlainJwt jwt = Issuer(policy =>
        {
            policy.SetDefault("level", null);
            policy.SetDefault("level", 1.0);
        });

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann" }), "level").Should().Be("1.0");
    }

    [Theory]
    [InlineData("team")]
    [InlineData("sub")]
    [InlineData("exp")]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("Level")]
    [InlineData("")]
    public void A_claim_that_is_not_known_has_no_default(string claim)
    {
        Refusal.Of(policy => policy.SetDefault(claim, "x")).Should().Contain($"'{claim}'").And.Contain("AllowExtra");
    }

    private static PlainJwt Issuer(Action<PayloadPolicy> configure) => new(Clock.Issuing(Clock.Standing()), policy =>
    {
        policy.AllowExtra(Extra.Text("team", "red"));
        configure(policy);
    });
}
