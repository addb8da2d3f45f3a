using System.Runtime.CompilerServices;
using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

public class A_withdrawal_is_forgotten_when_it_concerns_no_token_any_more
{
    private readonly FakeTimeProvider _clock = Clock.Standing();

    [Fact]
    public void Each_at_its_own_time()
    {
        RevocationList list = Service().Revocations;
        list.RevokeToken("short", _clock.GetUtcNow().AddMinutes(10));
        list.RevokeToken("long", _clock.GetUtcNow().AddHours(3));
        list.RevokeSubject("ann");
        list.RevokeSubject("bob", _clock.GetUtcNow().AddHours(-1));
        list.RevokeAll(_clock.GetUtcNow().AddMinutes(-90));
        list.Count.Should().Be(5);
        list.Entries.Should().HaveCount(5);

        // The longest time to live is 2 hours, and a service that follows the list may accept a token for 5 minutes more.
        foreach ((int minutes, int count) in (IEnumerable<(int, int)>)[(14, 5), (15, 4), (34, 4), (35, 3), (64, 3), (65, 2), (124, 2), (125, 1), (184, 1), (185, 0)])
        {
            _clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(Clock.Start).AddMinutes(minutes).AddSeconds(1));
            list.Count.Should().Be(count, "{0} minutes have passed", minutes);
            list.Entries.Should().HaveCount(count);
        }
    }

    /// <summary>A service with a clock skew accepts a token for so much longer, whatever the auth service has set.</summary>
    [Theory]
    [InlineData(0), InlineData(5)]
    public void And_not_before_the_longest_clock_skew_is_over_too(int minutes)
    {
        PlainJwt jwt = Service(options => options.ClockSkew = TimeSpan.FromMinutes(minutes));
        jwt.Revocations.AddSource("Redis", TimeSpan.FromMinutes(1)).Load([]);
        IssuedToken token = jwt.Issue(new TokenRequest { Subject = "ann" });
        jwt.Revocations.RevokeToken(token.TokenId!, token.ExpiresAt);

        _clock.SetUtcNow(token.ExpiresAt.AddMinutes(4));
        jwt.Revocations.Count.Should().Be(1);
        jwt.Revocations.Sources[0].Load([Revocation.OfSubject("bob", token.ExpiresAt.AddHours(-1), token.ExpiresAt)]);

        jwt.Decode(token.Text).Failure.Should().Be(minutes == 0 ? TokenFailure.Expired : TokenFailure.Revoked);
        jwt.Revocations.Count.Should().Be(2);
    }

    /// <summary>A service that only follows a list calls nothing that would clear it.</summary>
    [Fact]
    public void Also_in_a_service_that_only_loads_those_of_others()
    {
        RevocationSource source = Service().Revocations.AddSource("Redis", TimeSpan.FromMinutes(1));
        WeakReference entry = Load(source);

        _clock.Advance(TimeSpan.FromHours(3));
        source.Load([]);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        entry.IsAlive.Should().BeFalse("it is held nowhere");
        GC.KeepAlive(source);
    }

    [Fact]
    public void And_one_that_is_over_already_is_not_kept()
    {
        RevocationList list = Service().Revocations;

        list.AddSource("Redis", TimeSpan.FromMinutes(1)).Load(
        [
            Revocation.OfToken("over", _clock.GetUtcNow().AddMinutes(-5)),
            Revocation.OfSubject("ann", _clock.GetUtcNow().AddHours(-5), _clock.GetUtcNow().AddMinutes(-6)),
            Revocation.OfToken("kept", _clock.GetUtcNow().AddMinutes(-5).AddTicks(1)),
        ]);

        list.Entries.Should().ContainSingle().Which.TokenId.Should().Be("kept");
    }

    [Fact]
    public void And_the_same_token_again_is_one_entry_for_the_longer_time()
    {
        RevocationList list = Service().Revocations;

        list.RevokeToken("f81d4fae", _clock.GetUtcNow().AddMinutes(10));
        list.RevokeToken("f81d4fae", _clock.GetUtcNow().AddMinutes(60));
        list.RevokeToken("f81d4fae", _clock.GetUtcNow().AddMinutes(30));

        list.Entries.Should().ContainSingle().Which.ExpiresAt.Should().Be(_clock.GetUtcNow().AddMinutes(60));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Load(RevocationSource source)
    {
        var entry = Revocation.OfSubject("ann", _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(2));
        source.Load([entry]);
        return new WeakReference(entry);
    }

    private PlainJwt Service(Action<ApiJwtOptions>? configure = null)
    {
        ApiJwtOptions options = Clock.Issuing(_clock);
        options.MaxTimeToLive = TimeSpan.FromHours(2);
        configure?.Invoke(options);
        return new PlainJwt(options, policy => policy.WriteTokenId());
    }
}
