using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Readme;

public class The_refusals_shown_are_real
{
    private static readonly Page Shown = Page.At("src/ApiJwt/docs/REFUSALS.md");
    private static readonly HudyaJwt Jwt = new(TestKeys.Issuing);

    [Fact]
    public void Every_failure_has_a_row_with_its_reason()
    {
        IReadOnlyDictionary<string, string> rows = Shown.RowsOf("## A token");
        DecodeResult[] refused = [.. Refused()];

        rows.Keys.Should().Equal(Enum.GetNames<TokenFailure>().Where(name => name != nameof(TokenFailure.None)));
        refused.Select(result => result.Failure.ToString()).Distinct().Should().BeEquivalentTo(rows.Keys);
        foreach (DecodeResult result in refused)
            rows[result.Failure.ToString()].Should().Contain(result.Reason);
    }

    [Fact]
    public void Every_message_on_the_page_is_one_that_the_library_reports()
    {
        string[] real = [.. Mistakes().Select(mistake => mistake.Should().Throw<ApiJwtException>().Which.Message + "\n")];

        Shown.BlocksOf("text").Should().Equal(real);
    }

    [Fact]
    public void A_refused_request_says_what_was_refused()
    {
        using var answer = new StringWriter();

        #region Refused
        try
        {
            Jwt.Encode(new TokenRequest { Subject = "user@domain.com", Key = "support", Scopes = ["admin:all"] });
        }
        catch (PolicyViolationException violation)
        {
            answer.WriteLine($"{violation.Key} may not issue {violation.Claim} {violation.Value}");
            answer.WriteLine($"but may issue {string.Join(", ", violation.AllowedValues)}");
        }
        #endregion

        answer.ToString().Should().Contain("support may not issue scopes admin:all").And.Contain("but may issue support:all, support:insurance, ");
    }

    private static IEnumerable<DecodeResult> Refused()
    {
        string token = Jwt.Encode(new TokenRequest { Subject = "ann" });
        yield return Jwt.Decode(null);
        yield return Jwt.Decode(new string('a', 20_000));
        yield return Jwt.Decode("Bearer " + token);
        yield return Jwt.Decode(Forge.Claims("""{"exp":4102444800}"""));
        yield return Jwt.Decode(Forge.Sign("""{"alg":"PS256"}""", Forge.GoodPayload));
        yield return Jwt.Decode(Forge.Sign("""{"alg":"RS256","typ":"at+jwt"}""", Forge.GoodPayload));
        yield return Jwt.Decode(Forge.Sign("""{"alg":"RS256","crit":["b64"]}""", Forge.GoodPayload));
        yield return new HudyaJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Second.PublicKeyPem } }).Decode(token);
        yield return new HudyaJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, Audience = "shop" }).Decode(token);
        yield return Jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"aud":"shop"}"""));
        yield return Jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"nbf":4102444700}"""));
        yield return new HudyaJwt(new ApiJwtOptions { JwksUri = new Uri("http://127.0.0.1:1/jwks") }).Decode(token);
        yield return Jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"cnf":{"jkt":"x"}}"""));
        yield return new HudyaJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, MaxAge = TimeSpan.FromDays(1) }).Decode(token);
        yield return new HudyaJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, MaxAge = TimeSpan.FromDays(1) }).Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"iat":1000000000}"""));
        var revoking = new HudyaJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem } });
        revoking.Revocations.RevokeSubject("ann");
        yield return revoking.Decode(token);
        revoking.Revocations.AddSource("A store", TimeSpan.FromMinutes(1));
        yield return revoking.Decode(token);
        yield return new HudyaJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, Issuers = { "https://auth.example.com" } }).Decode(token);
        yield return new HudyaJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, TimeProvider = new FakeTimeProvider(DateTimeOffset.MaxValue) }).Decode(token);
    }

    /// <summary>The mistakes, in the order of the blocks on the page.</summary>
    private static IEnumerable<Action> Mistakes()
    {
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string curvePem = curve.ExportSubjectPublicKeyInfoPem();

        yield return () => Jwt.Encode(new TokenRequest { Subject = "user@domain.com", Key = "support", Scopes = ["admin:all"] });
        yield return () => Jwt.Encode(new TokenRequest { Subject = "user@domain.com", Key = "sales" });
        yield return () => new HudyaJwt(TestKeys.Verifying).Encode(new TokenRequest { Subject = "user@domain.com" });
        yield return () => _ = new HudyaJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PublicKeyPem, PublicKeys = { TestKeys.Second.PublicKeyPem, curvePem } });
        yield return () => _ = new HudyaJwt(new ApiJwtOptions());
        yield return () =>
        {
            var jwt = new PlainJwt(TestKeys.Issuing);
            jwt.Encode(new TokenRequest { Subject = "ann" });
            jwt.Policy.AllowScopes("support:all");
        };
    }
}
