using Hudya.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Logging;

public class Log_lines_have_stable_event_ids
{
    [Fact]
    public void A_token_issued_is_1()
    {
        Logged(jwt => jwt.Encode(new TokenRequest { Subject = "ann" })).Should().Equal((1, "Issued", LogLevel.Debug));
    }

    [Fact]
    public void A_request_refused_is_2()
    {
        Logged(jwt => Refusal.Of(jwt, new TokenRequest { Subject = "ann", Level = 9 })).Should().Equal((2, "RequestRefused", LogLevel.Information));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public void A_token_refused_is_3(string? token)
    {
        Logged(jwt => jwt.Decode(token)).Should().Equal((3, "TokenRefused", LogLevel.Information));
    }

    [Fact]
    public void A_change_of_keys_is_4()
    {
        Logged(jwt =>
        {
            jwt.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
            jwt.Keys.Override(privateKey: TestKeys.Second.PrivateKeyPem);
            jwt.Keys.Reset();
        }).Should().Equal(Enumerable.Repeat((4, (string?)"KeysChanged", LogLevel.Information), 3));
    }

    [Fact]
    public void A_withdrawal_is_7()
    {
        Logged(jwt =>
        {
            jwt.Revocations.RevokeToken("f81d4fae", DateTimeOffset.MaxValue);
            jwt.Revocations.RevokeSubject("ann");
            jwt.Revocations.RevokeAll();
        }).Should().Equal(Enumerable.Repeat((7, (string?)"Revoked", LogLevel.Information), 3));
    }

    [Fact]
    public void A_list_of_withdrawals_that_was_loaded_is_8_and_one_that_was_not_is_9()
    {
        Logged(jwt =>
        {
            RevocationSource source = jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
            source.Fail("did not answer");
            source.Load([]);
        }).Should().Equal((9, "RevocationsNotLoaded", LogLevel.Error), (8, "RevocationsLoaded", LogLevel.Information));
    }

    [Fact]
    public void A_long_token_is_10()
    {
        Logged(jwt => jwt.Encode(new TokenRequest { Subject = new string('a', 6000) })).Should().Equal((1, "Issued", LogLevel.Debug), (10, "LongToken", LogLevel.Warning));
    }

    [Fact]
    public void And_says_which_keys_verify_and_which_one_signs()
    {
        var logger = new RecordingLogger();
        var issuer = new PlainJwt(TestKeys.Issuing, logger: logger);
        var verifier = new PlainJwt(TestKeys.Verifying, logger: logger);

        issuer.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        verifier.Keys.AddPublic(TestKeys.Second.PublicKeyPem);

        logger.Entries.Select(entry => entry.Text.Split('\n')[0]).Should().Equal(
            $"The keys were changed. Key ids that verify tokens: {TestKeys.Ours.KeyId}, {TestKeys.Second.KeyId}. The key id that signs them: {TestKeys.Ours.KeyId}.",
            $"The keys were changed. Key ids that verify tokens: {TestKeys.Ours.KeyId}, {TestKeys.Second.KeyId}. The key id that signs them: none.");
    }

    [Fact]
    public void A_token_accepted_is_not_worth_a_line()
    {
        string token = Forge.Claims(Forge.GoodPayload);

        Logged(jwt => jwt.Decode(token)).Should().BeEmpty();
    }

    [Fact]
    public void A_mistake_of_the_caller_other_than_a_refused_request_is_only_thrown()
    {
        Logged(jwt => jwt.Keys.Invoking(keys => keys.AddPublic("nonsense")).Should().Throw<KeyFormatException>()).Should().BeEmpty();
    }

    private static IEnumerable<(int, string?, LogLevel)> Logged(Action<PlainJwt> act)
    {
        var logger = new RecordingLogger();
        act(new PlainJwt(TestKeys.Issuing, logger: logger));
        return [.. logger.Entries.Select(entry => (entry.Event.Id, entry.Event.Name, entry.Level))];
    }
}
