using Hudya.Tests.Support;

namespace Hudya.Tests.Attacks;

/// <summary>A token joins scopes with commas, so a comma inside a scope would grant a second scope.</summary>
public class One_scope_never_becomes_two
{
    [Theory]
    [InlineData("user:all,admin:all")]
    [InlineData(",admin:all")]
    [InlineData("user:all,")]
    [InlineData(",")]
    [InlineData("")]
    [InlineData("user:all\nadmin:all")]
    [InlineData("user:all\0")]
    public void A_scope_with_a_comma_is_not_issued(string scope)
    {
        var service = new PlainJwt(TestKeys.Issuing);

        service.Invoking(s => s.Encode(new TokenRequest { Subject = "ann", Scopes = [scope] })).Should().Throw<PolicyViolationException>();
        service.Invoking(s => s.Encode(new TokenRequest { Subject = "ann", Scopes = ["user:all", scope] })).Should().Throw<PolicyViolationException>();
    }

    [Theory]
    [InlineData("user:all,admin:all")]
    [InlineData(",")]
    public void A_policy_cannot_allow_a_scope_with_a_comma(string scope)
    {
        FluentActions.Invoking(() => new PlainJwt(TestKeys.Issuing, policy => policy.AllowScopes(scope))).Should().Throw<ApiJwtException>();
        FluentActions.Invoking(() => new PlainJwt(TestKeys.Issuing, policy => policy.AllowKey("user", "auth", [scope]))).Should().Throw<ApiJwtException>();
    }

    [Fact]
    public void A_list_claim_with_a_comma_in_an_element_is_not_issued()
    {
        var service = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.TextList("tenants")));

        service.Invoking(s => s.Encode(new TokenRequest { Subject = "ann", Extras = new Dictionary<string, ClaimValue> { ["tenants"] = ClaimValue.From(["a,b"]) } }))
            .Should().Throw<PolicyViolationException>();
    }

    [Theory]
    [InlineData("[\"user:all,admin:all\"]")]
    [InlineData("[\"user:all\",\"x,admin:all\"]")]
    public void An_array_element_with_a_comma_is_not_read(string scopes)
    {
        DecodeResult result = new PlainJwt(TestKeys.Verifying).Decode(Forge.Claims(GoodClaims.With("scopes", scopes)));

        result.Failure.Should().Be(TokenFailure.Malformed);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\",\"")]
    [InlineData("\",,,\"")]
    [InlineData("[]")]
    [InlineData("[\"\"]")]
    [InlineData("[\"\",\"\"]")]
    public void An_empty_scope_grants_nothing(string scopes)
    {
        DecodeResult result = new PlainJwt(TestKeys.Verifying).Decode(Forge.Claims(GoodClaims.With("scopes", scopes)));

        result.Payload!.Scopes.Should().BeEmpty();
        result.Payload.HasScope("").Should().BeFalse();
        result.Payload.HasAnyScope("", ",").Should().BeFalse();
        result.Payload.HasAllScopes().Should().BeFalse();
    }

    [Theory]
    [InlineData("admin:all ")]
    [InlineData(" admin:all")]
    [InlineData("Admin:All")]
    [InlineData("ADMIN:ALL")]
    [InlineData("admin:all\\u0000")]
    [InlineData("admin:all;user:all")]
    [InlineData("admin:all user:all")]
    [InlineData("admin:all\\u200b")]
    [InlineData("admin\\uff1aall")]
    [InlineData("аdmin:all")]
    [InlineData("admin:all\\uff0cuser:all")]
    [InlineData("admin:*")]
    [InlineData("*")]
    [InlineData("admin")]
    [InlineData("admin:all:more")]
    public void A_scope_that_resembles_another_does_not_grant_it(string scope)
    {
        foreach (string json in (string[])[$"\"{scope}\"", $"[\"{scope}\"]"])
        {
            DecodeResult result = new PlainJwt(TestKeys.Verifying).Decode(Forge.Claims(GoodClaims.With("scopes", json)));

            result.Payload!.Scopes.Should().ContainSingle().And.NotContain("admin:all");
            result.Payload.HasScope("admin:all").Should().BeFalse();
        }
    }
}
