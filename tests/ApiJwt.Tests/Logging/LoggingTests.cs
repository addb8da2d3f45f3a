using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Logging;

public class LoggingTests
{
    private static readonly Dictionary<string, (Action<PlainJwt> Act, (int, string?, LogLevel)[] Expected)> Events = new()
    {
        ["a token issued"] = (jwt => jwt.Encode(new TokenRequest { Subject = "ann" }), [(1, "Issued", LogLevel.Debug)]),
        ["a request refused"] = (jwt => Refusal.Of(jwt, new TokenRequest { Subject = "ann", Level = 9 }), [(2, "RequestRefused", LogLevel.Information)]),
        ["no token"] = (jwt => jwt.Decode(null), [(3, "TokenRefused", LogLevel.Information)]),
        ["a token refused"] = (jwt => jwt.Decode("nonsense"), [(3, "TokenRefused", LogLevel.Information)]),
        ["a token accepted"] = (jwt => jwt.Decode(Forge.Claims(Forge.GoodPayload)), []),
        ["keys added, replaced and reset"] = (ChangeKeys, [.. Enumerable.Repeat((4, (string?)"KeysChanged", LogLevel.Information), 3)]),
        ["a key refused"] = (jwt => jwt.Keys.Invoking(keys => keys.AddPublic("nonsense")).Should().Throw<KeyFormatException>(), []),
        ["a token revoked"] = (jwt => jwt.Revocations.RevokeToken("f81d4fae", DateTimeOffset.MaxValue), [(7, "Revoked", LogLevel.Information)]),
        ["a subject revoked"] = (jwt => jwt.Revocations.RevokeSubject("ann"), [(7, "Revoked", LogLevel.Information)]),
        ["everything revoked"] = (jwt => jwt.Revocations.RevokeAll(), [(7, "Revoked", LogLevel.Information)]),
        ["a list of revocations loaded after a failure"] = (FailAndLoad, [(9, "RevocationsNotLoaded", LogLevel.Error), (8, "RevocationsLoaded", LogLevel.Information)]),
        ["a long token"] = (jwt => jwt.Encode(new TokenRequest { Subject = new string('a', 6000) }), [(1, "Issued", LogLevel.Debug), (10, "LongToken", LogLevel.Warning)]),
        ["tokens without a time of issue for a revoked subject"] = (IssueRevoked, [(7, "Revoked", LogLevel.Information), (1, "Issued", LogLevel.Debug), (14, "IssuedRevokedToken", LogLevel.Warning), (1, "Issued", LogLevel.Debug)]),
    };

    private static readonly TokenRequest Confidential = new()
    {
        Subject = "confidential-subject", Key = "admin", Factor = "confidential-factor", Target = "confidential-target",
        Scopes = ["confidential-scope"], Extras = new Dictionary<string, ClaimValue> { ["team"] = "confidential-team" },
    };

    private readonly RecordingLogger _logger = new();

    public static TheoryData<string> EventNames => [.. Events.Keys];

    [Theory]
    [MemberData(nameof(EventNames))]
    public void Log_lines_have_stable_event_ids(string what)
    {
        (Action<PlainJwt> act, (int, string?, LogLevel)[] expected) = Events[what];

        act(new PlainJwt(TestKeys.Issuing, logger: _logger));

        _logger.Entries.Select(entry => (entry.Event.Id, entry.Event.Name, entry.Level)).Should().Equal(expected);
    }

    [Fact]
    public void A_class_without_a_logger_uses_the_logger_factory_with_its_name()
    {
        using var factory = new Factory(_logger);
        ApiJwtOptions options = TestKeys.Verifying;
        options.LoggerFactory = factory;

        new PlainJwt(options).Decode("nonsense");

        (factory.Category, _logger.Entries.Single().Event.Name).Should().Be((typeof(PlainJwt).FullName, "TokenRefused"));
    }

    [Fact]
    public void A_change_of_keys_says_which_keys_verify_and_which_one_signs()
    {
        var issuer = new PlainJwt(TestKeys.Issuing, logger: _logger);
        var verifier = new PlainJwt(TestKeys.Verifying, logger: _logger);

        issuer.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        verifier.Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        _logger.Entries.Select(entry => entry.Text.Split('\n')[0]).Should().Equal(
            $"The keys changed. Verification key ids: {TestKeys.Ours.KeyId}, {TestKeys.Second.KeyId}. Signing key id: {TestKeys.Ours.KeyId}.",
            $"The keys changed. Verification key ids: {TestKeys.Ours.KeyId}, {TestKeys.Second.KeyId}. Signing key id: none.");
    }

    [Fact]
    public void Log_lines_contain_no_part_of_tokens_and_keys()
    {
        var clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock), Allow, _logger);
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
        ChangeKeys(jwt);

        string log = string.Join('\n', _logger.Entries.Select(entry => entry.Text));
        _logger.Entries.Select(entry => entry.Event.Id).Distinct().Should().BeEquivalentTo([1, 2, 3, 4, 7, 8, 9, 10]);
        log.Should().NotContain("confidential").And.NotContain("xxxx");
        log.Should().NotContainAny(token.Split('.'));
        log.Should().NotContainAny(LinesOf(TestKeys.Ours).Concat(LinesOf(TestKeys.Second)));
    }

    [Fact]
    public void Only_a_name_that_the_policy_declares_is_logged()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.AllowExtra(Extra.Text("team", allowed: ["red"])), _logger);

        Refusal.Of(jwt, RequestWith.Extra("team", "green"));
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Scopes = ["admin:all"] });
        Refusal.Of(jwt, RequestWith.Extra("x\ninfo: forged line", "1"));

        _logger.Entries.Should().SatisfyRespectively(
            entry => entry.Text.Should().Contain("'team'"),
            entry => entry.Text.Should().Contain("'scopes'"),
            entry => entry.Text.Should().Contain("(undeclared)").And.NotContain("forged"));
    }

    [Fact]
    public void A_new_token_with_a_time_of_issue_is_not_warned_of_after_a_revocation()
    {
        IssueRevoked(DatedJwt.With(TestKeys.Issuing, _logger));

        _logger.Entries.Should().NotContain(entry => entry.Level >= LogLevel.Warning);
    }

    private static void IssueRevoked(PlainJwt jwt)
    {
        jwt.Revocations.RevokeSubject("ann");
        for (int i = 0; i < 2; i++)
            jwt.Encode(new TokenRequest { Subject = "ann" });
    }

    private static void ChangeKeys(PlainJwt jwt)
    {
        jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
        jwt.Keys.Reset();
    }

    private static void FailAndLoad(PlainJwt jwt)
    {
        RevocationSource source = jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
        source.Fail("did not answer");
        source.Load([]);
    }

    private static void Allow(PayloadPolicy policy)
    {
        policy.AllowKey("user", "confidential-issuer", []);
        policy.AllowKey("admin", "auth_admin", ["confidential-scope"]);
        policy.AllowExtra(Extra.Text("team"));
    }

    private static IEnumerable<string> LinesOf(RsaKeyPair pair) =>
        (pair.PublicKeyPem + "\n" + pair.PrivateKeyPem).Split('\n').Where(line => line.Length > 8);

    private sealed class Factory(RecordingLogger logger) : ILoggerFactory
    {
        public string? Category { get; private set; }

        public ILogger CreateLogger(string categoryName)
        {
            Category = categoryName;
            return logger;
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
