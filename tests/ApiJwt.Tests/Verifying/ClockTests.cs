using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Verifying;

public class ClockTests
{
    [Fact]
    public void The_clock_skew_does_not_change_the_expiry()
    {
        string token = Forge.Claims($$"""{"sub":"ann","exp":{{Clock.Start}}}""");
        Service(Clock.Standing(), maxAge: null, clockSkew: 60).Decode(token).Payload!.ExpiresAt.ToUnixTimeSeconds().Should().Be(Clock.Start);
    }

    /// <summary>The largest age, the clock skew and the age of the token by its <c>iat</c>, all in seconds, and the verdict.</summary>
    public static TheoryData<int?, int, double?, TokenFailure> Ages => new()
    {
        { null, 0, 100_000_000, TokenFailure.None },
        { null, 0, null, TokenFailure.None },
        { null, 0, -100_000, TokenFailure.None },
        { 60, 0, 0, TokenFailure.None },
        { 60, 0, 60, TokenFailure.None },
        { 60, 0, 60.001, TokenFailure.TooOld },
        { 60, 0, 61, TokenFailure.TooOld },
        { 60, 0, 100_000_000, TokenFailure.TooOld },
        { 60, 30, 90, TokenFailure.None },
        { 60, 30, 91, TokenFailure.TooOld },
        { 60, 0, null, TokenFailure.TooOld },
        { 60, 300, null, TokenFailure.TooOld },
        // A token that is issued in the second of a revocation has the next second as its <c>iat</c>.
        { 60, 0, -0.999, TokenFailure.None },
        { 60, 0, -1, TokenFailure.NotYetValid },
        { 60, 30, -30, TokenFailure.None },
        { 60, 30, -31, TokenFailure.NotYetValid },
        { 60, 300, -100_000, TokenFailure.NotYetValid },
    };

    [Theory]
    [MemberData(nameof(Ages))]
    public void A_token_older_than_the_largest_age_is_refused(int? maxAge, int clockSkew, double? age, TokenFailure expected)
    {
        PlainJwt service = Service(Clock.Standing(), maxAge, clockSkew);
        string claim = age is { } seconds ? FormattableString.Invariant($",\"iat\":{Clock.Start - seconds:F3}") : "";
        service.Decode(Forge.Claims($$"""{"sub":"ann","exp":4102444800{{claim}}}""")).Failure.Should().Be(expected);
    }

    [Fact]
    public void A_token_becomes_too_old_even_if_it_was_verified_before()
    {
        FakeTimeProvider clock = Clock.Standing();
        PlainJwt service = Service(clock, maxAge: 60, clockSkew: 0);
        string token = Forge.Claims($$"""{"sub":"ann","exp":4102444800,"iat":{{Clock.Start}}}""");
        service.Decode(token).IsValid.Should().BeTrue();

        clock.Advance(TimeSpan.FromSeconds(60));
        service.Decode(token).IsValid.Should().BeTrue();
        clock.Advance(TimeSpan.FromTicks(1));

        service.Decode(token).Failure.Should().Be(TokenFailure.TooOld);
    }

    [Fact]
    public void A_token_that_is_too_old_and_expired_is_reported_as_expired() =>
        Service(Clock.Standing(), maxAge: 60, clockSkew: 0).Decode(Forge.Claims($$"""{"sub":"ann","exp":{{Clock.Start}},"iat":1}""")).Failure.Should().Be(TokenFailure.Expired);

    [Fact]
    public void Our_own_tokens_have_an_age_if_the_policy_writes_the_time_of_issue()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.MaxAge = TimeSpan.FromSeconds(60);
        var without = new PlainJwt(options);
        var with = new PlainJwt(options, policy => policy.WriteIssuedAt());
        without.Decode(without.Encode(new TokenRequest { Subject = "ann" })).Reason.Should().Contain("Policy.WriteIssuedAt");
        with.Decode(with.Encode(new TokenRequest { Subject = "ann" })).IsValid.Should().BeTrue();
    }

    private static PlainJwt Service(FakeTimeProvider clock, int? maxAge, int clockSkew)
    {
        ApiJwtOptions options = TestKeys.Verifying;
        options.TimeProvider = clock;
        options.ClockSkew = TimeSpan.FromSeconds(clockSkew);
        options.MaxAge = maxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new PlainJwt(options);
    }
}
