using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Verifying;

public class DecodeResultTests
{
    private const string Without = """{"exp":4102444800,"scope":"read"}""";

    private static readonly PlainJwt Auth = new(Clock.Issuing(Clock.Standing()));
    private static readonly PlainJwt Verifier = new(TestKeys.Verifying);

    [Fact]
    public void A_valid_token_has_a_payload_and_no_reason()
    {
        DecodeResult result = Auth.Decode(Auth.Encode(new TokenRequest { Subject = "ann" }));
        (result.IsValid, result.IsExpired, result.IsBad, result.Failure, result.Reason).Should().Be((true, false, false, TokenFailure.None, null));
        result.Payload.Should().NotBeNull();
    }

    public static TheoryData<string?, TokenFailure> BadTokens => new()
    {
        { null, TokenFailure.Missing },
        { "", TokenFailure.Missing },
        { " ", TokenFailure.Malformed },
        { "nonsense", TokenFailure.Malformed },
        { "a.b.c", TokenFailure.Malformed },
        { "😀.😀.😀", TokenFailure.Malformed },
        { new string('a', 16 * 1024), TokenFailure.Malformed },
        { new string('a', (16 * 1024) + 1), TokenFailure.TooLong },
        { Issued.By(TestKeys.Foreign), TokenFailure.InvalidSignature },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public void A_bad_token_has_a_reason_and_no_payload(string? token, TokenFailure failure) => ShouldBeBad(Auth.Decode(token), failure);

    [Fact]
    public void A_token_with_a_word_before_it_is_malformed_and_the_reason_says_why()
    {
        DecodeResult result = Auth.Decode("Bearer " + Auth.Encode(new TokenRequest { Subject = "ann" }));
        ShouldBeBad(result, TokenFailure.Malformed);
        result.Reason.Should().Contain("without 'Bearer '");
    }

    [Theory]
    [InlineData("""{"alg":"none","crit":["x"],"typ":"x"}""", "'alg'")]
    [InlineData("""{"typ":"x","crit":["x"],"alg":"RS256"}""", "'crit'")]
    [InlineData("""{"typ":"x","alg":"RS256"}""", "'typ'")]
    public void The_reason_names_the_most_serious_fault_of_a_header(string header, string name) =>
        Verifier.Decode(Forge.Sign(header, Forge.GoodPayload)).Reason.Should().Contain(name);

    [Fact]
    public void A_token_that_is_not_valid_yet_has_no_payload()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        string token = Forge.Claims($$"""{"sub":"ann","exp":4102444800,"nbf":{{Clock.Start + 1}}}""");
        ShouldBeBad(jwt.Decode(token), TokenFailure.NotYetValid);
        clock.Advance(TimeSpan.FromSeconds(1));
        jwt.Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void An_expired_token_has_no_payload_and_is_not_bad()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });

        clock.Advance(TimeSpan.FromSeconds(3600) - TimeSpan.FromTicks(1));
        jwt.Decode(token).IsValid.Should().BeTrue();
        clock.Advance(TimeSpan.FromTicks(1));

        DecodeResult result = jwt.Decode(token);
        (result.IsValid, result.IsExpired, result.IsBad, result.Failure).Should().Be((false, true, false, TokenFailure.Expired));
        result.Payload.Should().BeNull();
        result.Reason.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void A_result_does_not_change_later()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        DecodeResult valid = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" }));

        clock.Advance(TimeSpan.FromHours(2));
        jwt.Decode("nonsense");

        valid.IsValid.Should().BeTrue();
        valid.Payload!.Subject.Should().Be("ann");
    }

    [Theory]
    [InlineData(Without, true, TokenFailure.None)]
    [InlineData(Without, false, TokenFailure.Malformed)]
    // An empty subject is refused with every setting.
    [InlineData("""{"exp":4102444800,"sub":""}""", true, TokenFailure.Malformed)]
    [InlineData("""{"exp":4102444800,"sub":null}""", true, TokenFailure.Malformed)]
    [InlineData("""{"exp":4102444800,"sub":1}""", true, TokenFailure.Malformed)]
    [InlineData("""{"sub":"ann"}""", true, TokenFailure.Malformed)]
    public void A_token_without_a_subject_is_valid_only_if_a_setting_allows_it(string payload, bool isAllowed, TokenFailure expected) =>
        Lenient(isAllowed).Decode(Forge.Claims(payload)).Failure.Should().Be(expected);

    [Fact]
    public void The_payload_says_that_it_has_no_subject()
    {
        VerifiedPayload without = Lenient(isAllowed: true).Decode(Forge.Claims(Without)).Payload!;
        VerifiedPayload with = Lenient(isAllowed: true).Decode(Forge.Claims(Forge.GoodPayload)).Payload!;
        (without.HasSubject, without.Subject).Should().Be((false, ""));
        without.HasScope("read").Should().BeTrue();
        (with.HasSubject, with.Subject).Should().Be((true, "ann"));
    }

    /// <summary>RFC 7800, RFC 8705 and RFC 9449: a service that does not check for the key must refuse such a token, or the binding has no effect.</summary>
    [Theory]
    [InlineData("{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}"), InlineData("{}"), InlineData("null")]
    public void A_token_that_is_bound_to_its_sender_is_refused_unless_the_service_checks_the_binding(string confirmation)
    {
        string token = Reading.TokenWith($"\"cnf\":{confirmation}");
        var careful = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, ChecksTokenBinding = true });

        DecodeResult refused = Verifier.Decode(token);
        DecodeResult accepted = careful.Decode(token);

        refused.Failure.Should().Be(TokenFailure.SenderConstrained);
        refused.Reason.Should().Contain("ApiJwtOptions.ChecksTokenBinding").And.NotContain("jkt");
        accepted.Payload!.Extras["cnf"].GetRawText().Should().Be(confirmation);
    }

    [Theory]
    [InlineData("\"CNF\":{}"), InlineData("\"x\":{\"cnf\":{}}")]
    public void A_token_with_a_member_that_resembles_a_binding_is_accepted(string members) =>
        Verifier.Decode(Reading.TokenWith(members)).IsValid.Should().BeTrue();

    [Fact]
    public async Task One_instance_serves_many_threads_without_mixing_up_tokens()
    {
        var jwt = new HudyaJwt(TestKeys.Issuing);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => IssueAndRead(jwt, worker), TestContext.Current.CancellationToken)));
    }

    private static void ShouldBeBad(DecodeResult result, TokenFailure failure)
    {
        (result.IsValid, result.IsExpired, result.IsBad, result.Failure).Should().Be((false, false, true, failure));
        result.Payload.Should().BeNull();
        result.Reason.Should().NotBeNullOrEmpty();
    }

    private static PlainJwt Lenient(bool isAllowed) =>
        new(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, AllowMissingSubject = isAllowed });

    private static void IssueAndRead(HudyaJwt jwt, int worker)
    {
        (string key, string scope) = worker % 2 == 0 ? ("user", "NO") : ("support", "support:mobile");
        for (int turn = 0; turn < 25; turn++)
        {
            string subject = $"{worker}/{turn}";
            string token = jwt.Encode(new TokenRequest { Subject = subject, Key = key, Scopes = [scope], Level = worker % 4 });
            for (int look = 0; look < 3; look++)
            {
                VerifiedPayload payload = jwt.Decode(token).Payload!;
                (payload.Subject, payload.Key, payload.Level, payload.Scopes.Single()).Should().Be((subject, key, worker % 4, scope));
            }

            jwt.Decode(token[..^2]).IsBad.Should().BeTrue();
        }
    }
}
