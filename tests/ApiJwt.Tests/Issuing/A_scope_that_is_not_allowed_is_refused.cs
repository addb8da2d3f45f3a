using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_scope_that_is_not_allowed_is_refused
{
    private static readonly PlainJwt Jwt = new(TestKeys.Issuing, policy =>
    {
        policy.AllowKey("user", "auth_user", ["user:all", "NO"]);
        policy.AllowKey("admin", "auth_admin", ["admin:all"]);
        policy.AllowKey("guest", "auth_guest", []);
        policy.AllowScopes("news");
    });

    [Theory]
    [InlineData("user", "user:all,NO,news")]
    [InlineData("admin", "admin:all,news")]
    [InlineData("guest", "news")]
    public void A_key_may_issue_its_own_and_those_of_every_key(string key, string scopes)
    {
        Wire.TextOf(Jwt.Encode(new TokenRequest { Subject = "ann", Key = key, Scopes = scopes.Split(',') }), "scopes").Should().Be(scopes);
    }

    [Theory]
    [InlineData("user", "admin:all")]
    [InlineData("admin", "user:all")]
    [InlineData("guest", "user:all")]
    public void But_not_those_of_another_key(string key, string scope)
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Key = key, Scopes = ["news", scope] }).Value.Should().Be(scope);
    }

    [Theory]
    [InlineData("USER:ALL")]
    [InlineData("user:all ")]
    [InlineData(" user:all")]
    [InlineData("user:al")]
    [InlineData("user:all\0")]
    [InlineData("no")]
    [InlineData("Ｎews")]
    public void Nor_one_that_only_looks_like_its_own(string scope)
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Scopes = [scope] }).Claim.Should().Be("scopes");
    }

    [Fact]
    public void One_that_is_not_allowed_refuses_all()
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Scopes = ["user:all", "NO", "SE"] }).Value.Should().Be("SE");
    }

    [Fact]
    public void A_key_without_scopes_may_issue_a_token_without_them()
    {
        Wire.TextOf(Jwt.Encode(new TokenRequest { Subject = "ann", Key = "guest", Scopes = [] }), "scopes").Should().BeEmpty();
    }
}
