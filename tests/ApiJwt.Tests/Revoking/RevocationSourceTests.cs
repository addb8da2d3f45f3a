using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

/// <summary>Tests revocations that other services made and that arrive through a shared store.</summary>
public class RevocationSourceTests
{
    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly PlainJwt _jwt;
    private readonly RevocationSource _redis;
    private readonly IssuedToken _token;

    public RevocationSourceTests()
    {
        _jwt = DatedJwt.With(Clock.Issuing(_clock));
        _token = _jwt.Issue(new TokenRequest { Subject = "ann" });
        _jwt.Decode(_token.Text).IsValid.Should().BeTrue();
        _redis = _jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_revocation_by_another_service_takes_effect_and_cannot_be_undone()
    {
        _redis.Load([Revocation.OfToken(_token.TokenId!, _token.ExpiresAt)]);
        _jwt.Decode(_token.Text).Failure.Should().Be(TokenFailure.Revoked);

        _redis.Load([]);
        _jwt.Decode(_token.Text).Failure.Should().Be(TokenFailure.Revoked);
    }

    /// <summary>Otherwise the entries before the fault would be in the list without an event, and connections of their subjects would stay open.</summary>
    [Fact]
    public void A_query_that_fails_halfway_loads_nothing()
    {
        IEnumerable<Revocation> Query()
        {
            yield return Revocation.OfToken(_token.TokenId!, _token.ExpiresAt);
            throw new InvalidOperationException();
        }

        _redis.Invoking(it => it.Load(Query())).Should().Throw<InvalidOperationException>();

        _jwt.Revocations.Count.Should().Be(0);
        _redis.LastLoaded.Should().BeNull();
    }

    /// <summary>A service that follows the document would otherwise take an incomplete list for the whole one.</summary>
    [Fact]
    public async Task The_list_is_published_only_when_every_source_was_loaded()
    {
        Func<Task<string>> publish = () => _jwt.Revocations.ToDocumentAsync(TestContext.Current.CancellationToken).AsTask();

        await publish.Should().ThrowExactlyAsync<ApiJwtException>().WithMessage("The list of revoked tokens is not complete, because Redis has not been loaded yet.*");
        _redis.Load([]);

        (await publish()).Should().NotBeEmpty();
    }

    [Fact]
    public void A_load_with_something_new_is_one_change()
    {
        VerifiedPayload payload = Payload();
        int changes = 0;
        _jwt.Revocations.Changed += (_, _) => changes++;
        DateTimeOffset now = _clock.GetUtcNow();
        Revocation[] entries =
        [
            Revocation.OfToken("other", _token.ExpiresAt), Revocation.OfToken(_token.TokenId!, _token.ExpiresAt),
            Revocation.OfSubject("bob", now, _token.ExpiresAt), Revocation.OfAll(now.AddHours(-1), _token.ExpiresAt),
        ];

        _redis.Load([]);
        changes.Should().Be(0);
        _redis.Load(entries);
        changes.Should().Be(1);
        _redis.Load(entries);

        changes.Should().Be(1, "the second load contained nothing new");
        _jwt.Revocations.IsRevoked(payload).Should().BeTrue();
    }

    /// <summary>An attacker who can write to the store could otherwise refuse every token that will be issued.</summary>
    [Fact]
    public void An_entry_for_tokens_that_are_still_to_be_issued_is_not_loaded()
    {
        DateTimeOffset latest = _clock.GetUtcNow().AddMinutes(5);

        _redis.Load([Revocation.OfAll(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue), Revocation.OfSubject("ann", latest.AddTicks(1), latest), Revocation.OfSubject("bob", latest, latest)]);

        _jwt.Decode(_token.Text).IsValid.Should().BeTrue();
        _jwt.Revocations.Entries.Should().ContainSingle().Which.IssuedBefore.Should().Be(latest);
        _redis.Fault.Should().StartWith("has 2 revocations with a time in the future");
        _redis.Load([]);
        _redis.Fault.Should().BeNull();
    }

    [Fact]
    public void No_token_is_accepted_until_each_source_has_answered()
    {
        RevocationSource second = _jwt.Revocations.AddSource("https://auth.example", TimeSpan.FromMinutes(1));
        _jwt.Revocations.Sources.Should().Equal(_redis, second);
        _jwt.Decode(_token.Text).Failure.Should().Be(TokenFailure.RevocationsUnavailable);

        _redis.Load([]);
        _jwt.Decode(_token.Text).Failure.Should().Be(TokenFailure.RevocationsUnavailable);
        second.Fail("answered 404");
        _jwt.Decode(_token.Text).Failure.Should().Be(TokenFailure.RevocationsUnavailable);
        second.Load([]);
        _jwt.Decode(_token.Text).IsValid.Should().BeTrue();
        _redis.Fail("did not answer");

        _jwt.Decode(_token.Text).IsValid.Should().BeTrue("loaded revocations stay in effect, and other tokens are valid");
    }

    [Fact]
    public void A_forged_or_expired_token_is_reported_as_such_before_each_source_has_answered()
    {
        _jwt.Decode(Issued.By(TestKeys.Foreign)).Failure.Should().Be(TokenFailure.InvalidSignature);
        _clock.Advance(TimeSpan.FromHours(1));
        _jwt.Decode(_token.Text).Failure.Should().Be(TokenFailure.Expired);
    }

    [Fact]
    public void The_age_of_a_list_is_counted_on_a_clock_that_cannot_be_set_back()
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
    public void A_source_that_answers_but_stores_nothing_is_current_and_has_a_fault()
    {
        VerifiedPayload payload = Payload();

        _redis.Load([Revocation.OfToken(_token.TokenId!, _token.ExpiresAt)], "takes no entry");

        _redis.Fault.Should().Be("takes no entry");
        _redis.Age.Should().Be(TimeSpan.Zero);
        _jwt.Revocations.IsRevoked(payload).Should().BeTrue();
        _redis.Load([]);
        _redis.Fault.Should().BeNull();
        _redis.Load([Revocation.OfAll(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue)], "takes no entry");
        _redis.Fault.Should().Be("takes no entry", "the fault of the source comes before that of an entry");
    }

    /// <summary>A service must share only its own revocations, not those that it received.</summary>
    [Fact]
    public void Only_revocations_of_this_service_are_announced_once_they_take_effect()
    {
        List<string> told = [];
        _jwt.Revocations.Revoked += (sender, revoked) =>
        {
            sender.Should().BeSameAs(_jwt.Revocations);
            told.Add($"{revoked.Revocation.TokenId ?? revoked.Revocation.SubjectHash ?? "all"} {_jwt.Decode(_token.Text).Failure}");
        };
        _redis.Load([Revocation.OfToken("of others", _token.ExpiresAt)]);
        // Without this, the token would count as issued after the revocation.
        _clock.Advance(TimeSpan.FromSeconds(1));

        _jwt.Revocations.RevokeToken("f81d4fae", _token.ExpiresAt);
        _jwt.Revocations.RevokeSubject("ann");
        _jwt.Revocations.RevokeAll();

        told.Should().Equal("f81d4fae None", $"{Revocation.OfSubject("ann", default, default).SubjectHash} Revoked", "all Revoked");
    }

    [Fact]
    public void A_missing_argument_is_named()
    {
        _jwt.Revocations.Invoking(it => it.AddSource("", TimeSpan.FromMinutes(1))).Should().Throw<ArgumentException>().WithParameterName("name");
        _jwt.Revocations.Invoking(it => it.AddSource("Redis", TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("outdatedAfter");
        _jwt.Revocations.Invoking(it => it.IsRevoked(null!)).Should().Throw<ArgumentNullException>().WithParameterName("payload");
        _jwt.Revocations.RevokeSubject("bob");
        _jwt.Revocations.Invoking(it => it.RevokeSubject(null!)).Should().Throw<ArgumentNullException>().WithParameterName("subject");
        FluentActions.Invoking(() => Revocation.OfSubjectHash(null!, default, default)).Should().Throw<ArgumentNullException>().WithParameterName("subjectHash");
        _redis.Invoking(it => it.Load(null!)).Should().Throw<ArgumentNullException>().WithParameterName("revocations");
        _redis.Invoking(it => it.Fail("")).Should().Throw<ArgumentException>().WithParameterName("fault");
    }

    /// <summary>The payload of the token, read by a service without a list of revocations.</summary>
    private VerifiedPayload Payload() => new PlainJwt(Clock.Issuing(_clock)).Decode(_token.Text).Payload!;
}
