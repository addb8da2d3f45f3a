namespace Hudya.Tests.Attacks;

/// <summary>A token joins scopes with commas, so a comma inside a scope would grant a second scope.</summary>
public class One_scope_never_becomes_two
{
    [Theory]
    [InlineData("user:all,admin:all"), InlineData(",admin:all"), InlineData("user:all,"), InlineData(","), InlineData("")]
    [InlineData("user:all\nadmin:all"), InlineData("user:all\0")]
    public void A_scope_with_a_comma_is_not_issued(string scope)
    {
        var service = new PlainJwt(TestKeys.Issuing);

        service.Invoking(s => s.Encode(new TokenRequest { Subject = "ann", Scopes = [scope] })).Should().Throw<PolicyViolationException>();
        service.Invoking(s => s.Encode(new TokenRequest { Subject = "ann", Scopes = ["user:all", scope] })).Should().Throw<PolicyViolationException>();
    }

    [Theory]
    [InlineData("admin:all "), InlineData(" admin:all"), InlineData("Admin:All"), InlineData("ADMIN:ALL"), InlineData("admin:all\\u0000")]
    [InlineData("admin:all;user:all"), InlineData("admin:all user:all"), InlineData("admin:all\\u200b"), InlineData("admin\\uff1aall")]
    [InlineData("аdmin:all"), InlineData("admin:all\\uff0cuser:all"), InlineData("admin:*"), InlineData("*"), InlineData("admin")]
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
