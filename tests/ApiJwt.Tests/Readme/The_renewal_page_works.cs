using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Readme;

public class The_renewal_page_works
{
    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly PlainJwt _jwt;
    private readonly Renewal _renewal;

    public The_renewal_page_works()
    {
        _jwt = DatedJwt.With(Clock.Issuing(_clock));
        _renewal = new Renewal(_jwt, _clock);
    }

    [Fact]
    public void A_secret_is_exchanged_for_a_token_and_the_next_secret()
    {
        (string token, string secret) = _renewal.Begin("ann");
        _clock.Advance(TimeSpan.FromMinutes(10));
        _jwt.Decode(token).IsExpired.Should().BeTrue();

        for (int i = 0; i < 3; i++)
        {
            (token, string next) = _renewal.Renew(secret)!.Value;

            _jwt.Decode(token).Payload!.Subject.Should().Be("ann");
            next.Should().NotBe(secret);
            secret = next;
        }
    }

    [Fact]
    public void A_secret_that_is_used_twice_ends_the_login_and_revokes_its_tokens()
    {
        (string token, string stolen) = _renewal.Begin("ann");
        (string other, string otherSecret) = _renewal.Begin("bob");
        (string renewed, string secret) = _renewal.Renew(stolen)!.Value;
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        _renewal.Renew(stolen).Should().BeNull();

        _renewal.Renew(secret).Should().BeNull("the service cannot tell the thief from the owner");
        _jwt.Decode(token).Failure.Should().Be(TokenFailure.Revoked);
        _jwt.Decode(renewed).Failure.Should().Be(TokenFailure.Revoked);
        _jwt.Decode(other).IsValid.Should().BeTrue();
        _renewal.Renew(otherSecret).Should().NotBeNull();
        _jwt.Decode(_renewal.Begin("ann").Token).IsValid.Should().BeTrue("a new login works immediately");
    }

    [Fact]
    public async Task Only_one_of_several_renewals_with_the_same_secret_succeeds()
    {
        string secret = _renewal.Begin("ann").Secret;

        (string, string)?[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _renewal.Renew(secret), TestContext.Current.CancellationToken)));

        answers.Where(answer => answer is not null).Should().HaveCountLessThanOrEqualTo(1);
        _jwt.Revocations.Count.Should().Be(1, "each later use of the secret counts as a second use");
    }

    [Fact]
    public void A_login_ends_after_its_time_and_when_the_client_ends_it()
    {
        string old = _renewal.Begin("ann").Secret;
        _clock.Advance(TimeSpan.FromDays(30));
        string ended = _renewal.Begin("ann").Secret;
        _renewal.End(ended);

        foreach (string secret in (string[])[old, ended, "nothing", "", "a.b.c"])
            _renewal.Renew(secret).Should().BeNull();
        _jwt.Revocations.Count.Should().Be(0, "no secret was used twice");
    }
}
