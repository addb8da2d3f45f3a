using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

/// <summary>A revocation has a time in milliseconds, so that a user who logs in again in the same second stays logged in.</summary>
public class RevocationMomentTests
{
    private readonly FakeTimeProvider _clock = Clock.Standing();

    /// <summary>The milliseconds at which the token is issued and its subject revoked, within one second.</summary>
    public static TheoryData<int, int> Moments => [(0, 1), (0, 500), (0, 999), (499, 500), (998, 999)];

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_token_issued_before_the_revocation_is_refused(int issued, int revoked)
    {
        PlainJwt jwt = Service();
        SetTo(issued);
        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        SetTo(revoked);

        jwt.Revocations.RevokeSubject("ann");

        jwt.Decode(token).Failure.Should().Be(TokenFailure.Revoked);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_token_issued_after_the_revocation_is_valid(int revoked, int issued)
    {
        foreach (bool isForAll in (bool[])[false, true])
        {
            PlainJwt jwt = Service(maxAge: TimeSpan.FromMinutes(1));
            SetTo(revoked);
            Revoke(jwt, isForAll);
            SetTo(issued);

            string token = jwt.Encode(new TokenRequest { Subject = "ann" });

            jwt.Decode(token).Reason.Should().BeNull("a largest age does not refuse it either");
            _clock.Advance(TimeSpan.FromSeconds(3));
            jwt.Decode(token).Reason.Should().BeNull();
        }
    }

    /// <summary>A thief who logs in between two revocations must be logged out by the second one.</summary>
    [Theory]
    [InlineData(false, false), InlineData(false, true), InlineData(true, false), InlineData(true, true)]
    public void A_token_issued_between_two_revocations_of_one_second_is_refused(bool isFirstForAll, bool isSecondForAll)
    {
        PlainJwt jwt = Service();
        SetTo(200);
        Revoke(jwt, isFirstForAll);
        SetTo(500);
        string between = jwt.Encode(new TokenRequest { Subject = "ann" });
        SetTo(800);

        Revoke(jwt, isSecondForAll);

        string after = jwt.Encode(new TokenRequest { Subject = "ann" });
        jwt.Decode(between).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Decode(after).Reason.Should().BeNull();
        SetTo(900);
        Revoke(jwt, isFirstForAll);
        jwt.Decode(after).Failure.Should().Be(TokenFailure.Revoked, "a third revocation in the same second must work too");
        SetTo(3000);
        jwt.Decode(between).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).Reason.Should().BeNull();
    }

    /// <summary>The first revocation came from a service whose clock is ahead.</summary>
    [Fact]
    public void A_token_issued_between_a_revocation_by_a_clock_ahead_and_one_here_is_refused()
    {
        PlainJwt jwt = Service();
        SetTo(800);
        DateTimeOffset ahead = _clock.GetUtcNow();
        SetTo(400);
        jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1)).Load([Revocation.OfSubject("ann", ahead, ahead.AddHours(1))]);
        string between = jwt.Encode(new TokenRequest { Subject = "ann" });
        jwt.Decode(between).Reason.Should().BeNull();

        jwt.Revocations.RevokeSubject("ann");

        jwt.Decode(between).Failure.Should().Be(TokenFailure.Revoked);
    }

    /// <summary>The milliseconds of the clock, the times of issue after each revocation, and the milliseconds of the revocations.</summary>
    public static TheoryData<int, long[], long[]> Repetitions => new()
    {
        { 0, [0, 0, 1, 2, 2], [0, 1, 1001, 2001] },
        { 1, [0, 1, 2, 2, 2], [1, 1001, 2001, 2001] },
        { 999, [0, 1, 2, 2, 2], [999, 1001, 2001, 2001] },
    };

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void Repeated_revocations_in_one_second_move_the_time_of_issue_by_two_seconds_at_most(int milliseconds, long[] issued, long[] revoked)
    {
        PlainJwt jwt = Service();
        SetTo(milliseconds);
        List<long> seenIssued = [IssuedAt(jwt, "ann") - Clock.Start];
        List<long> seenRevoked = [];
        for (int i = 0; i < 4; i++)
        {
            jwt.Revocations.RevokeSubject("ann");
            seenRevoked.Add((long)(jwt.Revocations.Entries.Single().IssuedBefore!.Value - DateTimeOffset.FromUnixTimeSeconds(Clock.Start)).TotalMilliseconds);
            seenIssued.Add(IssuedAt(jwt, "ann") - Clock.Start);
        }

        seenIssued.Should().Equal(issued);
        seenRevoked.Should().Equal(revoked);
    }

    [Fact]
    public void Only_tokens_of_the_revoked_subject_have_the_next_second_as_their_time()
    {
        PlainJwt jwt = Service();
        SetTo(500);
        jwt.Revocations.RevokeSubject("ann");

        IssuedAt(jwt, "ann").Should().Be(Clock.Start + 1);
        IssuedAt(jwt, "bob").Should().Be(Clock.Start);
        SetTo(1000);
        IssuedAt(jwt, "ann").Should().Be(Clock.Start + 1);
    }

    [Theory]
    [InlineData(-1, TokenFailure.Revoked), InlineData(0, TokenFailure.None), InlineData(1, TokenFailure.None)]
    public void The_time_of_a_revocation_can_be_given(int secondsAfter, TokenFailure expected)
    {
        string token = Forge.Claims($$"""{"sub":"ann","exp":4102444800,"iat":{{Clock.Start - 100 + secondsAfter}}}""");
        DateTimeOffset moment = _clock.GetUtcNow().AddSeconds(-100);
        PlainJwt bySubject = Service();
        PlainJwt forAll = Service();

        bySubject.Revocations.RevokeSubject("ann", moment);
        forAll.Revocations.RevokeAll(moment);

        bySubject.Decode(token).Failure.Should().Be(expected);
        forAll.Decode(token).Failure.Should().Be(expected);
    }

    [Theory]
    [InlineData(0, 100), InlineData(100, 0)]
    public void The_later_of_two_revocation_times_counts(int first, int second)
    {
        string token = Forge.Claims($$"""{"sub":"ann","exp":4102444800,"iat":{{Clock.Start - 50}}}""");
        PlainJwt jwt = Service();

        foreach (int secondsBefore in (int[])[first, second])
            jwt.Revocations.RevokeSubject("ann", _clock.GetUtcNow().AddSeconds(-secondsBefore));

        jwt.Decode(token).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Revocations.Count.Should().Be(1);
    }

    /// <summary>Two services can give a revocation different ends, for example if their longest times to live differ.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public void The_later_of_two_ends_of_a_revocation_counts(bool laterFirst)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        Revocation[] both = [Revocation.OfSubject("ann", now, now.AddHours(1)), Revocation.OfSubject("ann", now.AddMinutes(-10), now.AddHours(2))];
        RevocationList list = Service().Revocations;

        list.AddSource("store", TimeSpan.FromMinutes(1)).Load(laterFirst ? both : both.Reverse());

        list.Entries.Should().Equal(Revocation.OfSubject("ann", now, now.AddHours(2)));
    }

    /// <summary>Revoking tokens that are not issued yet would lock the subject out.</summary>
    [Fact]
    public void A_revocation_time_in_the_future_is_refused()
    {
        RevocationList list = Service().Revocations;
        DateTimeOffset later = _clock.GetUtcNow().AddTicks(1);

        list.Invoking(it => it.RevokeSubject("ann", later)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*in the future*").WithParameterName("issuedBefore");
        list.Invoking(it => it.RevokeAll(later)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("issuedBefore");

        list.Count.Should().Be(0);
    }

    private static void Revoke(PlainJwt jwt, bool isForAll)
    {
        if (isForAll)
            jwt.Revocations.RevokeAll();
        else
            jwt.Revocations.RevokeSubject("ann");
    }

    private static long IssuedAt(PlainJwt jwt, string subject) =>
        Wire.ClaimsOf(jwt.Encode(new TokenRequest { Subject = subject }))["iat"]!.GetValue<long>();

    private void SetTo(int milliseconds) => _clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(Clock.Start).AddMilliseconds(milliseconds));

    private PlainJwt Service(TimeSpan? maxAge = null) =>
        new(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, TimeProvider = _clock, MaxAge = maxAge }, policy => policy.WriteIssuedAt());
}
