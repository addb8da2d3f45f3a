using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

public class A_caller_who_was_let_in_for_longer_can_be_judged_again
{
    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly PlainJwt _jwt;
    private readonly VerifiedPayload _payload;
    private int _changes;

    public A_caller_who_was_let_in_for_longer_can_be_judged_again()
    {
        _jwt = new PlainJwt(Clock.Issuing(_clock), policy =>
        {
            policy.WriteTokenId();
            policy.WriteIssuedAt();
        });
        _payload = _jwt.Decode(_jwt.Encode(new TokenRequest { Subject = "ann" })).Payload!;
        _clock.Advance(TimeSpan.FromSeconds(1));
        _jwt.Revocations.Changed += (sender, _) =>
        {
            sender.Should().BeSameAs(_jwt.Revocations);
            _changes++;
        };
    }

    [Theory]
    [InlineData("a token")]
    [InlineData("a subject")]
    [InlineData("everybody")]
    public void When_something_was_withdrawn(string what)
    {
        _jwt.Revocations.IsRevoked(_payload).Should().BeFalse();

        if (what == "a token")
            _jwt.Revocations.Revoke(_payload);
        else if (what == "a subject")
            _jwt.Revocations.RevokeSubject("ann");
        else
            _jwt.Revocations.RevokeAll();

        _changes.Should().Be(1);
        _jwt.Revocations.IsRevoked(_payload).Should().BeTrue();
    }

    [Fact]
    public void When_others_withdrew_something_that_was_not_known()
    {
        RevocationSource source = _jwt.Revocations.AddSource("elsewhere", TimeSpan.FromMinutes(1));
        Revocation[] entries = [Revocation.OfToken("other", _payload.ExpiresAt), Revocation.OfToken(_payload.TokenId!, _payload.ExpiresAt)];

        source.Load([]);
        _changes.Should().Be(0);
        source.Load(entries);
        _changes.Should().Be(1, "a load is one change");
        source.Load(entries);
        _changes.Should().Be(1, "there was nothing new in it");

        _jwt.Revocations.IsRevoked(_payload).Should().BeTrue();
    }

    [Fact]
    public void An_entry_that_was_stored_is_one_again()
    {
        _jwt.Revocations.RevokeSubject("ann");
        Revocation entry = _jwt.Revocations.Entries.Single();

        Revocation again = Revocation.OfSubjectHash(entry.SubjectHash!, entry.IssuedBefore!.Value, entry.ExpiresAt);

        again.Should().Be(entry);
        entry.ToString().Should().NotContain("ann", "entries are published and stored");
        foreach (string other in (string[])["ann", "", entry.SubjectHash + "A", entry.SubjectHash![1..] + "+"])
            FluentActions.Invoking(() => Revocation.OfSubjectHash(other, default, default)).Should().Throw<ArgumentException>().WithMessage("*SHA-256 in base64url*");
    }

    [Fact]
    public void A_place_that_is_heard_of_and_takes_nothing_is_fresh_and_has_a_fault()
    {
        RevocationSource source = _jwt.Revocations.AddSource("elsewhere", TimeSpan.FromMinutes(1));

        source.Load([Revocation.OfToken(_payload.TokenId!, _payload.ExpiresAt)], "takes no entry");

        source.Fault.Should().Be("takes no entry");
        source.Age.Should().Be(TimeSpan.Zero);
        _jwt.Revocations.IsRevoked(_payload).Should().BeTrue();
        source.Load([]);
        source.Fault.Should().BeNull();
    }
}
