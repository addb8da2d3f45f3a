using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Readme;

public class The_interop_page_is_true
{
    private static readonly Page Shown = Page.At("src/ApiJwt/docs/INTEROP.md");

    private static readonly StandardJwt Jwt = MakeJwt();

    /// <summary>A token with the settings of the page, which follow RFC 9068.</summary>
    public static string Token { get; } = Issue(Jwt);

    [Fact]
    public void The_token_has_what_RFC_9068_requires()
    {
        string[] claims = [.. Wire.ClaimsOf(Token).Select(claim => claim.Key)];

        Shown.RowsOf("## The settings").Keys.Should().BeEquivalentTo("typ", "iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope");
        claims.Should().Contain(Shown.RowsOf("## The settings").Keys.Except(["typ"])).And.NotContain("scopes");
        Forge.TextOf(Token.Split('.')[0]).Should().Contain("\"typ\":\"at\\u002Bjwt\"");
        VerifiedPayload payload = Jwt.Decode(Token).Payload!;
        (payload.Key, payload.HasScope("orders:read"), payload.GetText("client_id")).Should().Be(("user", true, "shop"));
    }

    [Fact]
    public async Task IdentityModel_accepts_the_token_of_the_page_and_no_other()
    {
        string keySet = Jwt.Keys.ToJwks();

        #region IdentityModel
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = "https://auth.example.com",
            ValidAudience = "orders",
            ValidTypes = ["at+jwt"],
            IssuerSigningKeys = new JsonWebKeySet(keySet).GetSigningKeys(),
        };
        #endregion

        string[] parts = Token.Split('.');
        (await new JsonWebTokenHandler().ValidateTokenAsync(Token, parameters)).IsValid.Should().BeTrue();
        foreach (string other in (string[])[Forge.SignParts(parts[0], parts[1], TestKeys.ForeignKey), Forge.SignParts(Forge.Encode(Forge.Rs256Header), parts[1]), new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann" })])
            (await new JsonWebTokenHandler().ValidateTokenAsync(other, parameters)).IsValid.Should().BeFalse();
    }

    [Fact]
    public void Services_can_change_to_the_settings_without_refusing_a_token()
    {
        string earlier = new PlainJwt(TestKeys.Issuing).Encode(new TokenRequest { Subject = "ann" });
        var first = new StandardJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, AcceptedTokenTypes = { "at+jwt" }, AcceptedAudiences = { "orders" }, RequireAudience = false, Issuers = { "auth_user", "https://auth.example.com" } });

        first.Decode(earlier).IsValid.Should().BeTrue();
        first.Decode(Token).IsValid.Should().BeTrue();
        Jwt.Decode(earlier).IsValid.Should().BeFalse("a service with the new settings refuses the earlier form");
    }

    private static StandardJwt MakeJwt()
    {
        string privateKey = TestKeys.Ours.PrivateKeyPem;

        #region StandardOptions
        var jwt = new StandardJwt(new ApiJwtOptions { PrivateKey = privateKey, TokenType = "at+jwt", Audience = "orders" });
        #endregion

        return jwt;
    }

    private static string Issue(StandardJwt jwt)
    {
        #region IssueStandard
        string token = jwt.Encode(new TokenRequest
        {
            Subject = "user@domain.com",
            Scopes = ["orders:read"],
            Extras = new Dictionary<string, ClaimValue> { ["client_id"] = "shop" },
        });
        #endregion

        return token;
    }
}
