using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using Hudya.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hudya.Tests.Verifying;

/// <summary>Tests the token handler with the calls that a bearer scheme makes.</summary>
public class TokenHandlerTests
{
    private const string Payload = """
        {"iss":"auth_support","sub":"ann","exp":4102444800,"iat":1767323045,"nbf":1767323045,"jti":"f81d4fae","level":"3.1","factor":"otp","target":"bob","dnt":"2","scopes":"support:all,a","aud":["orders","bills"],"team":"red","Key":"admin","scp":["support:all","a"],"limits":[1],"flag":true}
        """;

    private static readonly string Token = Forge.Claims(Payload);

    private readonly HudyaJwt _jwt = new(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, Audience = "orders" });

    [Fact]
    public async Task A_valid_token_has_the_identity_of_its_payload()
    {
        TokenValidationResult result = await _jwt.TokenHandler.ValidateTokenAsync(Token, new TokenValidationParameters());

        result.IsValid.Should().BeTrue();
        result.Exception.Should().BeNull();
        VerifiedIdentity identity = result.ClaimsIdentity.Should().BeOfType<VerifiedIdentity>().Which;
        identity.Payload.Subject.Should().Be("ann");
        (identity.IsAuthenticated, identity.AuthenticationType, identity.Name).Should().Be((true, "Bearer", "ann"));
        new ClaimsPrincipal(identity).IsInRole("support").Should().BeTrue("the policy knows the key of the issuer");
        new ClaimsPrincipal(identity).IsInRole("admin").Should().BeFalse("an extra never becomes a role");
        identity.Claims.Select(claim => $"{claim.Type}={claim.Value}").Should().BeEquivalentTo(
            "sub=ann", "iss=auth_support", "exp=4102444800", "level=3.1", "factor=otp", "target=bob", "dnt=2", "scope=support:all", "scope=a", "key=support",
            "iat=1767323045", "nbf=1767323045", "jti=f81d4fae", "aud=orders", "aud=bills", "team=red", "flag=true");
    }

    [Fact]
    public async Task An_identity_has_only_claims_of_the_token()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, AllowMissingSubject = true });

        TokenValidationResult result = await jwt.TokenHandler.ValidateTokenAsync(Forge.Claims("""{"exp":4102444800}"""), new TokenValidationParameters());

        result.ClaimsIdentity.Claims.Select(claim => claim.Type).Should().Equal("exp", "level", "factor", "target", "dnt");
    }

    [Fact]
    public async Task A_valid_token_can_be_read_as_a_SecurityToken()
    {
        SecurityToken token = (await _jwt.TokenHandler.ValidateTokenAsync(Token, new TokenValidationParameters())).SecurityToken;

        (token.UnsafeToString(), token.Issuer, token.Id).Should().Be((Token, "auth_support", "f81d4fae"));
        token.ValidFrom.Should().Be(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        token.ValidTo.Should().Be(new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task A_token_that_was_parsed_before_is_validated()
    {
        SecurityToken read = _jwt.TokenHandler.ReadToken(Token);
        (await _jwt.TokenHandler.ValidateTokenAsync(read, new TokenValidationParameters())).IsValid.Should().BeTrue();
        (await _jwt.TokenHandler.ValidateTokenAsync(new JwtSecurityToken(), new TokenValidationParameters())).IsValid.Should().BeFalse();
    }

    [Fact]
    public async Task The_call_names_the_claims_for_name_and_role()
    {
        var parameters = new TokenValidationParameters { NameClaimType = "team", RoleClaimType = "scope", AuthenticationType = "Hudya" };
        ClaimsIdentity identity = (await _jwt.TokenHandler.ValidateTokenAsync(Token, parameters)).ClaimsIdentity;
        (identity.Name, identity.AuthenticationType).Should().Be(("red", "Hudya"));
        new ClaimsPrincipal(identity).IsInRole("support:all").Should().BeTrue();
        new ClaimsPrincipal(identity).IsInRole("support").Should().BeFalse();
    }

    /// <summary>The call sets every parameter that could accept another token or refuse a good one.</summary>
    [Fact]
    public async Task No_other_parameter_of_the_call_changes_the_verdict()
    {
        using RSA foreign = TestKeys.RsaOf(TestKeys.Foreign.PublicKeyPem);
        var parameters = new TokenValidationParameters
        {
            IssuerSigningKey = new RsaSecurityKey(foreign),
            ValidIssuer = "other",
            ValidAudience = "other",
            ValidAlgorithms = ["none"],
            ClockSkew = TimeSpan.FromDays(10_000),
            SignatureValidator = (token, _) => new JsonWebToken(token),
        };

        (await _jwt.TokenHandler.ValidateTokenAsync(Token, parameters)).IsValid.Should().BeTrue();
        (await _jwt.TokenHandler.ValidateTokenAsync(Issued.By(TestKeys.Foreign), parameters)).IsValid.Should().BeFalse();
        (await _jwt.TokenHandler.ValidateTokenAsync(Forge.Claims("""{"sub":"ann","exp":1767323045,"aud":"orders"}"""), parameters)).IsValid.Should().BeFalse();
    }

    public static TheoryData<string, Type> Failures => new()
    {
        { "", typeof(SecurityTokenMalformedException) },
        { "x.y.z", typeof(SecurityTokenMalformedException) },
        { new string('x', 20_000), typeof(SecurityTokenMalformedException) },
        { Forge.Sign("""{"alg":"none"}""", Forge.GoodPayload), typeof(SecurityTokenInvalidAlgorithmException) },
        { Forge.Sign("""{"alg":"RS256","crit":["exp"]}""", Forge.GoodPayload), typeof(SecurityTokenMalformedException) },
        { Issued.By(TestKeys.Foreign), typeof(SecurityTokenInvalidSignatureException) },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"level":"x"}"""), typeof(SecurityTokenMalformedException) },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"cnf":{}}"""), typeof(SecurityTokenMalformedException) },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"iss":"other","aud":"orders"}"""), typeof(SecurityTokenInvalidIssuerException) },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"iss":"auth_user","aud":"other"}"""), typeof(SecurityTokenInvalidAudienceException) },
        { Forge.Claims("""{"sub":"ann","exp":1767323045,"iss":"auth_user","aud":"orders"}"""), typeof(SecurityTokenExpiredException) },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"nbf":4102444799,"iss":"auth_user","aud":"orders"}"""), typeof(SecurityTokenNotYetValidException) },
        { Forge.Claims("""{"sub":"ann","exp":4102444800,"iat":1,"iss":"auth_user","aud":"orders"}"""), typeof(SecurityTokenMalformedException) },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_failure_has_an_exception_of_IdentityModel(string token, Type expected)
    {
        var options = new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, Audience = "orders", Issuers = { "auth_user" }, MaxAge = TimeSpan.FromDays(1) };

        TokenValidationResult result = await new PlainJwt(options).TokenHandler.ValidateTokenAsync(token, new TokenValidationParameters());

        result.IsValid.Should().BeFalse();
        result.ClaimsIdentity.Should().BeNull();
        result.SecurityToken.Should().BeNull();
        result.Exception.Should().BeOfType(expected);
        result.Exception.Message.Should().Be(new PlainJwt(options).Decode(token).Reason);
        result.Exception.StackTrace.Should().BeNull("it is not thrown");
    }

    [Fact]
    public async Task An_exception_says_when_a_token_expired_or_becomes_valid()
    {
        Exception expired = await ExceptionOfAsync("""{"sub":"ann","exp":1767323045,"aud":"orders"}""");
        Exception early = await ExceptionOfAsync("""{"sub":"ann","exp":4102444800,"nbf":4102444799,"aud":"orders"}""");
        expired.Should().BeOfType<SecurityTokenExpiredException>().Which.Expires.Should().Be(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        early.Should().BeOfType<SecurityTokenNotYetValidException>().Which.NotBefore.Should().Be(new DateTime(2099, 12, 31, 23, 59, 59, DateTimeKind.Utc));
    }

    [Fact]
    public async Task A_token_that_cannot_be_verified_yet_has_another_exception()
    {
        using var server = new AuthServer();
        server.Refuse(AuthServer.KeySet);
        server.Refuse(AuthServer.Revocations);
        var withoutKeys = new PlainJwt(server.Connect(new ApiJwtOptions { JwksUri = AuthServer.KeySet }));
        var withoutList = new PlainJwt(server.Connect(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, RevocationsUri = AuthServer.Revocations }));

        foreach (PlainJwt jwt in (PlainJwt[])[withoutKeys, withoutList])
        {
            TokenValidationResult result = await jwt.TokenHandler.ValidateTokenAsync(Forge.Claims(Forge.GoodPayload), new TokenValidationParameters());
            result.Exception.Should().BeOfType<SecurityTokenSignatureKeyNotFoundException>();
        }
    }

    [Fact]
    public async Task A_copy_of_the_identity_keeps_the_payload()
    {
        ClaimsIdentity identity = (await _jwt.TokenHandler.ValidateTokenAsync(Token, new TokenValidationParameters())).ClaimsIdentity;
        identity.Clone().Should().BeOfType<VerifiedIdentity>().Which.Payload.Should().BeSameAs(((VerifiedIdentity)identity).Payload);
    }

    [Fact]
    public void The_longest_token_of_the_handler_is_that_of_the_settings() =>
        new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, MaxTokenLength = 1000 }).TokenHandler.MaximumTokenSizeInBytes.Should().Be(1000);

    private async Task<Exception> ExceptionOfAsync(string payload) =>
        (await _jwt.TokenHandler.ValidateTokenAsync(Forge.Claims(payload), new TokenValidationParameters())).Exception;
}
