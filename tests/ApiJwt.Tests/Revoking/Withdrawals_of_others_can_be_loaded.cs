using Hudya.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

/// <summary>From a store that several services share.</summary>
public class Withdrawals_of_others_can_be_loaded
{
    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly RecordingLogger _logger = new();
    private readonly PlainJwt _jwt;
    private readonly string _token;

    public Withdrawals_of_others_can_be_loaded()
    {
        _jwt = new PlainJwt(Clock.Issuing(_clock), policy => policy.WriteTokenId(), _logger);
        _token = _jwt.Encode(new TokenRequest { Subject = "ann" });
        _jwt.Decode(_token).IsValid.Should().BeTrue();
    }

    private string TokenId => Wire.TextOf(_token, "jti")!;

    [Fact]
    public void And_hold_as_those_of_this_service_do()
    {
        RevocationSource source = _jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));

        source.Load([Revocation.OfToken(TokenId, _clock.GetUtcNow().AddHours(1))]);

        _jwt.Decode(_token).Failure.Should().Be(TokenFailure.Revoked);
        source.Load([]);
        _jwt.Decode(_token).Failure.Should().Be(TokenFailure.Revoked, "none can be taken back");
    }

    /// <summary>An entry that someone put into the store could refuse every token that is ever issued.</summary>
    [Fact]
    public void But_not_those_of_tokens_that_are_still_to_be_issued()
    {
        RevocationSource source = _jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
        DateTimeOffset latest = _clock.GetUtcNow().AddMinutes(5);

        source.Load([Revocation.OfAll(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue), Revocation.OfSubject("ann", latest.AddTicks(1), latest), Revocation.OfSubject("bob", latest, latest)]);

        _jwt.Decode(_token).IsValid.Should().BeTrue();
        _jwt.Revocations.Entries.Should().ContainSingle().Which.IssuedBefore.Should().Be(latest);
        source.Fault.Should().StartWith("has 2 withdrawals with a time in the future");
        source.Load([]);
        source.Fault.Should().BeNull();
    }

    [Fact]
    public void And_until_each_place_was_heard_of_no_token_is_accepted()
    {
        RevocationSource first = _jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
        RevocationSource second = _jwt.Revocations.AddSource("https://auth.example", TimeSpan.FromMinutes(1));
        _jwt.Revocations.Sources.Should().Equal(first, second);

        _jwt.Decode(_token).Failure.Should().Be(TokenFailure.RevocationsUnavailable);
        first.Load([]);
        _jwt.Decode(_token).Failure.Should().Be(TokenFailure.RevocationsUnavailable);
        second.Fail("answered 404");
        _jwt.Decode(_token).Failure.Should().Be(TokenFailure.RevocationsUnavailable);
        second.Load([]);

        _jwt.Decode(_token).IsValid.Should().BeTrue();
        first.Fail("did not answer");
        _jwt.Decode(_token).IsValid.Should().BeTrue("what was loaded stays");
    }

    [Fact]
    public void But_a_forged_or_an_expired_token_is_called_so()
    {
        _jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));

        _jwt.Decode(Issued.By(TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
        _clock.Advance(TimeSpan.FromHours(1));
        _jwt.Decode(_token).Failure.Should().Be(TokenFailure.Expired);
    }

    [Fact]
    public void And_how_fresh_they_are_is_counted_on_a_clock_that_cannot_be_set_back()
    {
        var clock = new SteppingClock();
        RevocationSource source = new PlainJwt(Clock.Issuing(clock)).Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
        (source.Name, source.LastLoaded, source.Age, source.IsOutdated, source.Fault).Should().Be(("Redis", null, null, false, null));

        source.Load([]);
        source.LastLoaded.Should().Be(clock.GetUtcNow());
        clock.Advance(TimeSpan.FromMinutes(1));
        (source.Age, source.IsOutdated).Should().Be((TimeSpan.FromMinutes(1), false));
        clock.Advance(TimeSpan.FromTicks(1));
        source.IsOutdated.Should().BeTrue();
        clock.SetBack(TimeSpan.FromHours(1));

        source.IsOutdated.Should().BeTrue();
        source.Load([]);
        (source.Age, source.IsOutdated).Should().Be((TimeSpan.Zero, false));
    }

    [Fact]
    public void And_each_change_of_state_is_one_line_in_the_log()
    {
        RevocationSource source = _jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));

        source.Fail("did not answer");
        source.Fail("did not answer");
        source.Fault.Should().Be("did not answer");
        source.Load([]);
        source.Load([]);
        source.Fault.Should().BeNull();
        source.Fail("did not answer");
        source.Fail("answered 404");
        source.Fail("answered 404");
        source.Load([]);

        Lines().Should().Equal(
            (LogLevel.Error, "The list of withdrawn tokens is not up to date: Redis did not answer. Tokens are refused as RevocationsUnavailable until the first load succeeds. Loading will be retried."),
            (LogLevel.Information, "The list of withdrawn tokens was loaded from Redis."),
            (LogLevel.Error, "The list of withdrawn tokens is not up to date: Redis did not answer. The entries loaded before stay in force. Loading will be retried."),
            (LogLevel.Error, "The list of withdrawn tokens is not up to date: Redis answered 404. The entries loaded before stay in force. Loading will be retried."),
            (LogLevel.Information, "The list of withdrawn tokens was loaded from Redis."));
    }

    /// <summary>Who shares withdrawals must not share those of others once more.</summary>
    [Fact]
    public void And_only_those_of_this_service_are_told_of_when_they_hold()
    {
        List<string> told = [];
        _jwt.Revocations.Revoked += (sender, withdrawn) =>
        {
            sender.Should().BeSameAs(_jwt.Revocations);
            told.Add($"{withdrawn.Revocation.TokenId ?? withdrawn.Revocation.SubjectHash ?? "all"} {_jwt.Decode(_token).Failure}");
        };

        _jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1)).Load([Revocation.OfToken("of others", _clock.GetUtcNow().AddHours(1))]);
        _jwt.Revocations.RevokeToken("f81d4fae", _clock.GetUtcNow().AddHours(1));
        _jwt.Revocations.RevokeSubject("ann");
        _jwt.Revocations.RevokeAll();

        told.Should().Equal("f81d4fae None", $"{Revocation.OfSubject("ann", default, default).SubjectHash} Revoked", "all Revoked");
    }

    [Fact]
    public void And_what_is_missing_is_named()
    {
        RevocationList list = _jwt.Revocations;
        RevocationSource source = list.AddSource("Redis", TimeSpan.FromMinutes(1));

        list.Invoking(it => it.AddSource("", TimeSpan.FromMinutes(1))).Should().Throw<ArgumentException>().WithParameterName("name");
        source.Invoking(it => it.Load(null!)).Should().Throw<ArgumentNullException>().WithParameterName("revocations");
        source.Invoking(it => it.Fail("")).Should().Throw<ArgumentException>().WithParameterName("fault");
    }

    private IEnumerable<(LogLevel, string)> Lines() =>
        _logger.Entries.Where(entry => entry.Event.Id is 8 or 9).Select(entry => (entry.Level, entry.Text.Split('\n')[0]));
}
