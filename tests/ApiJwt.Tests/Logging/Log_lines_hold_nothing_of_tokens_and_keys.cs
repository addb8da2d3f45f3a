using Hudya.Tests.Support;

namespace Hudya.Tests.Logging;

public class Log_lines_hold_nothing_of_tokens_and_keys
{
    private static readonly TokenRequest Confidential = new()
    {
        Subject = "confidential-subject",
        Key = "admin",
        Factor = "confidential-factor",
        Target = "confidential-target",
        Scopes = ["confidential-scope"],
        Extras = new Dictionary<string, ClaimValue> { ["team"] = "confidential-team" },
    };

    [Fact]
    public void Whatever_happens()
    {
        var logger = new RecordingLogger();
        var clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock), Allow, logger);
        string token = jwt.Encode(Confidential);

        jwt.Decode(token);
        jwt.Decode(token[..^4] + "AAAA");
        jwt.Decode("confidential-nonsense");
        jwt.Decode(Forge.Sign("""{"alg":"confidential-algorithm","crit":["confidential-extension"]}""", Forge.GoodPayload));
        jwt.Decode(Forge.Claims("""{"sub":"confidential-subject","exp":"confidential-expiry"}"""));
        jwt.Decode(Forge.Claims("""{"sub":"confidential-subject","exp":4102444800,"aud":"confidential-audience"}"""));
        jwt.Decode(Forge.Claims("""{"sub":"confidential-subject","exp":4102444800,"nbf":4102444800}"""));
        clock.Advance(TimeSpan.FromHours(1));
        jwt.Decode(token);
        Refusal.Of(jwt, new TokenRequest { Subject = "confidential-subject", Scopes = ["confidential-scope"] });
        Refusal.Of(jwt, new TokenRequest { Subject = "confidential-subject", Key = "confidential-key" });
        Refusal.Of(jwt, new TokenRequest { Subject = new string('x', 20000) });
        jwt.Encode(new TokenRequest { Subject = new string('x', 6000) });
        jwt.Revocations.RevokeToken("confidential-id", clock.GetUtcNow().AddHours(1));
        jwt.Revocations.RevokeSubject("confidential-subject");
        jwt.Revocations.RevokeAll();
        RevocationSource source = jwt.Revocations.AddSource("store", TimeSpan.FromMinutes(1));
        source.Fail("did not answer");
        source.Load([Revocation.OfToken("confidential-id-of-others", clock.GetUtcNow().AddHours(1))]);
        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        jwt.Keys.Reset();

        string log = string.Join('\n', logger.Entries.Select(entry => entry.Text));
        logger.Entries.Select(entry => entry.Event.Id).Distinct().Should().BeEquivalentTo([1, 2, 3, 4, 7, 8, 9, 10]);
        log.Should().NotContain("confidential").And.NotContain("xxxx");
        log.Should().NotContainAny(token.Split('.'));
        log.Should().NotContainAny(LinesOf(TestKeys.Ours).Concat(LinesOf(TestKeys.Second)));
    }

    private static void Allow(PayloadPolicy policy)
    {
        policy.AllowKey("user", "confidential-issuer", []);
        policy.AllowKey("admin", "auth_admin", ["confidential-scope"]);
        policy.AllowExtra(Extra.Text("team"));
    }

    private static IEnumerable<string> LinesOf(RsaKeyPair pair) =>
        (pair.PublicKeyPem + "\n" + pair.PrivateKeyPem).Split('\n').Where(line => line.Length > 8);
}
