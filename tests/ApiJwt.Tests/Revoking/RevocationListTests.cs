using System.Runtime.CompilerServices;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

/// <summary>Tests how tokens are revoked before they expire, and how long a revocation is kept.</summary>
public class RevocationListTests
{
    private readonly FakeTimeProvider _clock = Clock.Standing();

    public static TheoryData<string, int> Ways =>
        [.. from way in (string[])["payload", "id", "subject", "all"] from cacheSize in (int[])[0, 100] select (way, cacheSize)];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_revoked_token_is_refused_and_no_other_is(string way, int cacheSize)
    {
        PlainJwt jwt = Service(cacheSize);
        IssuedToken revoked = Issue(jwt, "ann");
        string sameSubject = Issue(jwt, "ann").Text;
        string other = Issue(jwt, "bob").Text;
        foreach (string token in (string[])[revoked.Text, sameSubject, other])
            jwt.Decode(token).IsValid.Should().BeTrue();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Revoke(jwt, way, revoked);

        jwt.Decode(revoked.Text).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Decode(revoked.Text).Payload.Should().BeNull();
        (await jwt.DecodeAsync(revoked.Text, TestContext.Current.CancellationToken)).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Decode(sameSubject).IsValid.Should().Be(way is "payload" or "id");
        jwt.Decode(other).IsValid.Should().Be(way is not "all");
        jwt.Decode(Issue(jwt, "ann").Text).IsValid.Should().BeTrue("it was issued after the revocation");
    }

    /// <summary>A connection outlives its first request, so its caller is checked again after each change of the list.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void A_caller_who_was_accepted_before_can_be_checked_again(string way, int cacheSize)
    {
        PlainJwt jwt = Service(cacheSize);
        IssuedToken token = Issue(jwt, "ann");
        VerifiedPayload payload = jwt.Decode(token.Text).Payload!;
        _clock.Advance(TimeSpan.FromSeconds(1));
        var changed = new List<object?>();
        jwt.Revocations.Changed += (sender, _) => changed.Add(sender);
        jwt.Revocations.IsRevoked(payload).Should().BeFalse();

        Revoke(jwt, way, token);

        changed.Should().ContainSingle().Which.Should().BeSameAs(jwt.Revocations);
        jwt.Revocations.IsRevoked(payload).Should().BeTrue();
    }

    [Fact]
    public void A_revocation_is_checked_after_everything_else()
    {
        PlainJwt jwt = Service(100);
        IssuedToken token = Issue(jwt, "ann");
        _clock.Advance(TimeSpan.FromSeconds(1));
        jwt.Revocations.RevokeAll();

        jwt.Decode(token.Text[..^8] + "AAAAAAAA").Failure.Should().Be(TokenFailure.InvalidSignature);
        jwt.Decode(token.Text).Failure.Should().Be(TokenFailure.Revoked);
        _clock.SetUtcNow(token.ExpiresAt);
        jwt.Decode(token.Text).Failure.Should().Be(TokenFailure.Expired);
    }

    [Fact]
    public void An_id_is_never_compared_with_a_subject()
    {
        PlainJwt jwt = Service(100);

        jwt.Revocations.RevokeToken("bob", DateTimeOffset.MaxValue);

        jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"jti":"bob"}""")).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Decode(Forge.Claims("""{"sub":"bob","exp":4102444800}""")).IsValid.Should().BeTrue("ids are not compared with subjects");
    }

    [Theory]
    [InlineData("Ann"), InlineData("ann "), InlineData("an")]
    public void Subjects_and_ids_are_compared_exactly(string other)
    {
        PlainJwt jwt = Service(0);

        jwt.Revocations.RevokeSubject(other);
        jwt.Revocations.RevokeToken(other, DateTimeOffset.MaxValue);

        jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"jti":"ann"}""")).IsValid.Should().BeTrue();
    }

    [Fact]
    public void A_token_without_an_id_cannot_be_revoked_by_id()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        VerifiedPayload payload = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).Payload!;

        jwt.Revocations.Invoking(list => list.Revoke(payload)).Should().ThrowExactly<ApiJwtException>().WithMessage("*Policy.WriteTokenId*RevokeSubject.");

        jwt.Revocations.Count.Should().Be(0);
    }

    [Fact]
    public void A_token_that_does_not_say_when_it_was_issued_counts_as_issued_before()
    {
        PlainJwt jwt = Service(100);
        string token = Forge.Claims("""{"sub":"ann","exp":4102444800}""");

        jwt.Revocations.RevokeSubject("ann", DateTimeOffset.UnixEpoch);
        jwt.Decode(token).IsValid.Should().BeTrue("every token of that time has expired");
        jwt.Revocations.RevokeSubject("ann", _clock.GetUtcNow().AddHours(-1));
        jwt.Decode(token).Failure.Should().Be(TokenFailure.Revoked);
    }

    [Fact]
    public void A_revocation_affects_one_service_only()
    {
        PlainJwt jwt = Service(100);
        IssuedToken token = Issue(jwt, "ann");

        jwt.Revocations.RevokeToken(token.TokenId!, token.ExpiresAt);

        Service(100).Decode(token.Text).IsValid.Should().BeTrue();
    }

    [Fact]
    public void A_token_without_a_subject_is_revoked_by_revoking_all()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, AllowMissingSubject = true });
        string token = Forge.Claims("""{"exp":4102444800}""");

        jwt.Revocations.RevokeSubject("ann");
        jwt.Decode(token).IsValid.Should().BeTrue();
        jwt.Revocations.RevokeAll();
        jwt.Decode(token).Failure.Should().Be(TokenFailure.Revoked);
    }

    /// <summary>A list with such a text could not be published.</summary>
    [Fact]
    public void An_entry_at_the_end_of_the_calendar_lasts_until_it()
    {
        DateTimeOffset last = DateTimeOffset.MaxValue.AddHours(-1);
        _clock.SetUtcNow(last);
        RevocationList list = Service().Revocations;

        list.RevokeAll();

        list.Entries.Single().ExpiresAt.Should().Be(DateTimeOffset.MaxValue);
    }

    [Fact]
    public void The_log_says_how_much_a_revocation_includes()
    {
        var logger = new RecordingLogger();
        RevocationList list = DatedJwt.With(Clock.Issuing(_clock), logger).Revocations;

        list.RevokeToken("f81d4fae", _clock.GetUtcNow());
        list.RevokeSubject("ann", _clock.GetUtcNow());
        list.RevokeAll(_clock.GetUtcNow());

        logger.Entries.Select(entry => entry.Text.Split(". ")[0]).Should().Equal("Revoked a token", "Revoked all tokens of a subject", "Revoked all tokens");
    }

    [Fact]
    public void A_text_that_no_token_can_contain_is_not_revoked()
    {
        RevocationList list = Service(100).Revocations;

        foreach (string text in HalfCharacters.Texts.Append(""))
        {
            list.Invoking(it => it.RevokeToken(text, DateTimeOffset.MaxValue)).Should().Throw<ArgumentException>();
            list.Invoking(it => it.RevokeSubject(text)).Should().Throw<ArgumentException>();
        }

        list.Invoking(it => it.RevokeToken(null!, DateTimeOffset.MaxValue)).Should().Throw<ArgumentNullException>();
        list.Invoking(it => it.RevokeSubject(null!)).Should().Throw<ArgumentNullException>();
        list.Invoking(it => it.Revoke(null!)).Should().Throw<ArgumentNullException>();
        list.Count.Should().Be(0);
    }

    [Fact]
    public void An_entry_is_removed_once_every_token_that_it_concerns_has_expired()
    {
        RevocationList counted = Service().Revocations;
        RevocationList listed = Service().Revocations;
        foreach (RevocationList list in (RevocationList[])[counted, listed])
        {
            list.RevokeToken("short", _clock.GetUtcNow().AddMinutes(10));
            list.RevokeToken("long", _clock.GetUtcNow().AddHours(3));
            list.RevokeSubject("ann");
            list.RevokeSubject("bob", _clock.GetUtcNow().AddHours(-1));
            list.RevokeAll(_clock.GetUtcNow().AddMinutes(-90));
            list.Count.Should().Be(5);
            list.Entries.Should().HaveCount(5);
        }

        // The longest time to live is 2 hours, and services that follow the list may accept a token for 5 minutes longer.
        foreach ((int minutes, int count) in (IEnumerable<(int, int)>)[(14, 5), (15, 4), (34, 4), (35, 3), (64, 3), (65, 2), (124, 2), (125, 1), (184, 1), (185, 0)])
        {
            _clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(Clock.Start).AddMinutes(minutes).AddSeconds(1));
            counted.Count.Should().Be(count, "{0} minutes have passed", minutes);
            listed.Entries.Should().HaveCount(count);
        }
    }

    /// <summary>A service with a clock skew accepts a token for longer, even if the auth service has none.</summary>
    [Theory]
    [InlineData(0), InlineData(5)]
    public void An_entry_is_kept_until_the_longest_clock_skew_is_over(int minutes)
    {
        PlainJwt jwt = Service(clockSkew: TimeSpan.FromMinutes(minutes));
        jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1)).Load([]);
        IssuedToken token = Issue(jwt, "ann");
        jwt.Revocations.RevokeToken(token.TokenId!, token.ExpiresAt);

        _clock.SetUtcNow(token.ExpiresAt.AddMinutes(4));
        jwt.Revocations.Count.Should().Be(1);
        jwt.Revocations.Sources[0].Load([Revocation.OfSubject("bob", token.ExpiresAt.AddHours(-1), token.ExpiresAt)]);

        jwt.Decode(token.Text).Failure.Should().Be(minutes == 0 ? TokenFailure.Expired : TokenFailure.Revoked);
        jwt.Revocations.Count.Should().Be(2);
    }

    /// <summary>A service that only follows a list removes old entries when it loads new ones.</summary>
    [Fact]
    public void An_entry_that_is_over_is_removed_at_the_next_load_and_not_loaded()
    {
        RevocationList list = Service().Revocations;
        RevocationSource source = list.AddSource("Redis", TimeSpan.FromMinutes(1));
        WeakReference entry = Load(source);

        _clock.Advance(TimeSpan.FromHours(3));
        source.Load(
        [
            Revocation.OfToken("over", _clock.GetUtcNow().AddMinutes(-5)),
            Revocation.OfSubject("ann", _clock.GetUtcNow().AddHours(-5), _clock.GetUtcNow().AddMinutes(-6)),
            Revocation.OfToken("kept", _clock.GetUtcNow().AddMinutes(-5).AddTicks(1)),
        ]);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        entry.IsAlive.Should().BeFalse("the list must not keep a reference to the entry");
        list.Entries.Should().ContainSingle().Which.TokenId.Should().Be("kept");
    }

    /// <summary>The tokens have no <c>iat</c>, so the entry includes every token for as long as it is in force.</summary>
    [Theory]
    [InlineData("subject"), InlineData("all")]
    public void An_expired_entry_refuses_no_token_even_before_it_is_removed(string way)
    {
        ApiJwtOptions options = Clock.Issuing(_clock);
        options.MaxTimeToLive = TimeSpan.FromHours(2);
        var jwt = new PlainJwt(options, policy => policy.WriteTokenId());
        Revoke(jwt, way, Issue(jwt, "ann"));

        _clock.Advance(TimeSpan.FromMinutes(124));
        jwt.Decode(Issue(jwt, "ann").Text).Failure.Should().Be(TokenFailure.Revoked);
        _clock.Advance(TimeSpan.FromMinutes(1));

        jwt.Decode(Issue(jwt, "ann").Text).IsValid.Should().BeTrue();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_handler_that_throws_stops_neither_a_revocation_nor_another_handler(bool isLoaded)
    {
        var logger = new RecordingLogger();
        PlainJwt jwt = DatedJwt.With(Clock.Issuing(_clock), logger);
        RevocationSource source = jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
        IssuedToken token = Issue(jwt, "ann");
        int calls = 0;
        jwt.Revocations.Changed += (_, _) => throw new InvalidOperationException("The handler failed.");
        jwt.Revocations.Changed += (_, _) => calls++;

        source.Load(isLoaded ? [Revocation.OfToken(token.TokenId!, token.ExpiresAt)] : []);
        if (!isLoaded)
            jwt.Revocations.RevokeToken(token.TokenId!, token.ExpiresAt);

        jwt.Decode(token.Text).Failure.Should().Be(TokenFailure.Revoked);
        (source.Fault, calls).Should().Be((null, 1));
        logger.Entries.Should().ContainSingle(entry => entry.Event.Id == 15).Which.Text.Should().Contain("The handler failed.");
    }

    /// <summary>One handler may log, and another share the revocation with other services.</summary>
    [Theory]
    [InlineData(1, typeof(InvalidOperationException)), InlineData(2, typeof(AggregateException))]
    public void The_caller_gets_what_handlers_throw_after_every_handler_was_told(int failing, Type exception)
    {
        RevocationList list = Service().Revocations;
        int told = 0;
        list.Changed += (_, _) => told++;
        for (int i = 0; i < failing; i++)
            list.Revoked += (_, _) => throw new InvalidOperationException("The handler failed.");
        list.Revoked += (_, _) => told++;

        Exception? thrown = Record.Exception(() => list.RevokeToken("f81d4fae", _clock.GetUtcNow().AddMinutes(60)));

        (thrown?.GetType(), told, list.Count).Should().Be((exception, 2, 1));
    }

    [Fact]
    public void Revoking_a_token_again_keeps_one_entry_for_the_longer_time()
    {
        RevocationList list = Service().Revocations;

        foreach (int minutes in (int[])[10, 60, 30])
            list.RevokeToken("f81d4fae", _clock.GetUtcNow().AddMinutes(minutes));

        list.Entries.Should().ContainSingle().Which.ExpiresAt.Should().Be(_clock.GetUtcNow().AddMinutes(60));
    }

    [Fact]
    public void An_entry_can_be_made_from_its_stored_values()
    {
        RevocationList list = Service().Revocations;
        list.RevokeSubject("ann");
        Revocation entry = list.Entries.Single();

        Revocation again = Revocation.OfSubjectHash(entry.SubjectHash!, entry.IssuedBefore!.Value, entry.ExpiresAt);

        again.Should().Be(entry);
        entry.ToString().Should().NotContain("ann", "entries are published and stored without the subject");
        foreach (string other in (string[])["ann", "", entry.SubjectHash + "A", entry.SubjectHash![1..] + "+"])
            FluentActions.Invoking(() => Revocation.OfSubjectHash(other, default, default)).Should().Throw<ArgumentException>().WithMessage("*SHA-256 in base64url*");
    }

    private static void Revoke(PlainJwt jwt, string way, IssuedToken token)
    {
        switch (way)
        {
            case "payload":
                jwt.Revocations.Revoke(jwt.Decode(token.Text).Payload!);
                break;
            case "id":
                jwt.Revocations.RevokeToken(token.TokenId!, token.ExpiresAt);
                break;
            case "subject":
                jwt.Revocations.RevokeSubject("ann");
                break;
            default:
                jwt.Revocations.RevokeAll();
                break;
        }
    }

    private static IssuedToken Issue(PlainJwt jwt, string subject) => jwt.Issue(new TokenRequest { Subject = subject });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Load(RevocationSource source)
    {
        var entry = Revocation.OfSubject("ann", _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(2));
        source.Load([entry]);
        return new WeakReference(entry);
    }

    private PlainJwt Service(int cacheSize = 100, TimeSpan clockSkew = default)
    {
        ApiJwtOptions options = Clock.Issuing(_clock);
        options.MaxTimeToLive = TimeSpan.FromHours(2);
        options.VerifiedTokenCacheSize = cacheSize;
        options.ClockSkew = clockSkew;
        return DatedJwt.With(options);
    }
}
