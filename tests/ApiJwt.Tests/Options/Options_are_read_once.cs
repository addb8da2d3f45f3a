using Hudya.Tests.Support;

namespace Hudya.Tests.Options;

public class Options_are_read_once
{
    [Fact]
    public void A_change_after_construction_has_no_effect()
    {
        ApiJwtOptions options = Clock.Issuing(Clock.Standing());
        options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem);
        var jwt = new PlainJwt(options);

        options.PrivateKey = TestKeys.Foreign.PrivateKeyPem;
        options.PublicKeys.Clear();
        options.PublicKeys.Add(TestKeys.Foreign.PublicKeyPem);
        options.TimeToLive = TimeSpan.FromSeconds(1);
        options.Audience = "other";
        options.ClockSkew = TimeSpan.FromMinutes(5);
        options.MaxTokenLength = 0;
        options.VerifiedTokenCacheSize = -1;
        options.TimeProvider = Clock.At("2050-01-01T00:00:00Z");
        options.MaxTimeToLive = TimeSpan.FromSeconds(1);
        options.MaxAge = TimeSpan.FromSeconds(1);
        options.Issuers.Add("other");
        options.AcceptedAudiences.Add("other");
        options.RequireAudience = false;
        options.TokenType = "at+jwt";
        options.AcceptedTokenTypes.Add("at+jwt");
        options.WriteKeyId = false;
        options.AllowMissingSubject = true;
        options.ChecksTokenBinding = true;
        options.JwksUri = options.RevocationsUri = new Uri("https://127.0.0.1:1/");

        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        Wire.ShouldCarry(token, """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":""}
            """);
        jwt.Decode(token).IsValid.Should().BeTrue();
        jwt.Decode(Forge.Claims($$"""{"sub":"ann","exp":{{Clock.Start}}}""")).IsExpired.Should().BeTrue();
        Wire.HeaderOf(token).Should().Be($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}","typ":"JWT"}""");
        jwt.Decode(Forge.Claims("""{"exp":4102444800}""")).Failure.Should().Be(TokenFailure.Malformed);
        jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"cnf":{}}""")).Failure.Should().Be(TokenFailure.SenderConstrained);
        jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"aud":"other"}""")).Failure.Should().Be(TokenFailure.InvalidAudience);
        jwt.Decode(Forge.Sign("""{"alg":"RS256","typ":"at+jwt"}""", Forge.GoodPayload)).Failure.Should().Be(TokenFailure.UnsupportedHeader);
        jwt.Keys.FetchStatus.Should().BeNull();
        jwt.Keys.Reset();
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void One_set_serves_several_instances()
    {
        ApiJwtOptions options = TestKeys.Issuing;

        new PlainJwt(options).Decode(new PlainJwt(options).Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
    }
}
