using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Revoking;

public class A_token_can_be_withdrawn_before_it_expires
{
    private readonly FakeTimeProvider _clock = Clock.Standing();

    public static TheoryData<string, int> Ways
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string way in (string[])["payload", "id", "subject", "all"])
            {
                data.Add(way, 0);
                data.Add(way, 100);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void And_no_other_is(string way, int cacheSize)
    {
        PlainJwt jwt = Service(cacheSize);
        IssuedToken withdrawn = Issue(jwt, "ann");
        string sameSubject = Issue(jwt, "ann").Text;
        string other = Issue(jwt, "bob").Text;
        foreach (string token in (string[])[withdrawn.Text, sameSubject, other])
            jwt.Decode(token).IsValid.Should().BeTrue();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Withdraw(jwt, way, withdrawn);

        jwt.Decode(withdrawn.Text).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Decode(withdrawn.Text).Payload.Should().BeNull();
        jwt.Decode(sameSubject).IsValid.Should().Be(way is "payload" or "id");
        jwt.Decode(other).IsValid.Should().Be(way is not "all");
        jwt.Decode(Issue(jwt, "ann").Text).IsValid.Should().BeTrue("it was issued after that");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Also_in_what_waits_for_keys_and_lists(string way, int cacheSize)
    {
        PlainJwt jwt = Service(cacheSize);
        IssuedToken token = Issue(jwt, "ann");
        _clock.Advance(TimeSpan.FromSeconds(1));

        Withdraw(jwt, way, token);

        (await jwt.DecodeAsync(token.Text, TestContext.Current.CancellationToken)).Failure.Should().Be(TokenFailure.Revoked);
    }

    [Fact]
    public void Which_is_judged_after_everything_else()
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
    public void By_its_id_which_is_never_compared_with_a_subject()
    {
        PlainJwt jwt = Service(100);
        string token = Forge.Claims("""{"sub":"ann","exp":4102444800,"jti":"bob"}""");
        string noId = Forge.Claims("""{"sub":"bob","exp":4102444800}""");

        jwt.Revocations.RevokeToken("bob", DateTimeOffset.MaxValue);

        jwt.Decode(token).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Decode(noId).IsValid.Should().BeTrue("an id is no subject");
    }

    [Theory]
    [InlineData("Ann")]
    [InlineData("ann ")]
    [InlineData("an")]
    public void Where_subjects_and_ids_are_compared_to_the_letter(string other)
    {
        PlainJwt jwt = Service(0);
        string token = Forge.Claims("""{"sub":"ann","exp":4102444800,"jti":"ann"}""");

        jwt.Revocations.RevokeSubject(other);
        jwt.Revocations.RevokeToken(other, DateTimeOffset.MaxValue);

        jwt.Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void And_one_without_an_id_not_alone()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        VerifiedPayload payload = jwt.Decode(jwt.Encode(new TokenRequest { Subject = "ann" })).Payload!;

        jwt.Revocations.Invoking(list => list.Revoke(payload)).Should().ThrowExactly<ApiJwtException>().WithMessage("*Policy.WriteTokenId*RevokeSubject.");

        jwt.Revocations.Count.Should().Be(0);
    }

    [Fact]
    public void And_one_that_does_not_say_when_it_was_issued_counts_as_issued_before()
    {
        PlainJwt jwt = Service(100);
        string token = Forge.Claims("""{"sub":"ann","exp":4102444800}""");

        jwt.Revocations.RevokeSubject("ann", DateTimeOffset.UnixEpoch);
        jwt.Decode(token).IsValid.Should().BeTrue("no token of that time can live any more");
        jwt.Revocations.RevokeSubject("ann", _clock.GetUtcNow().AddDays(-1));

        jwt.Decode(token).Failure.Should().Be(TokenFailure.Revoked);
    }

    [Fact]
    public void In_one_service_alone()
    {
        PlainJwt jwt = Service(100);
        PlainJwt other = Service(100);
        IssuedToken token = Issue(jwt, "ann");

        jwt.Revocations.RevokeToken(token.TokenId!, token.ExpiresAt);

        other.Decode(token.Text).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Of_a_subject_that_a_token_may_lack()
    {
        var jwt = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, AllowMissingSubject = true });
        string token = Forge.Claims("""{"exp":4102444800}""");

        jwt.Revocations.RevokeSubject("ann");
        jwt.Decode(token).IsValid.Should().BeTrue();
        jwt.Revocations.RevokeAll();

        jwt.Decode(token).Failure.Should().Be(TokenFailure.Revoked);
    }

    /// <summary>No token has one, and the list could not be published any more.</summary>
    [Fact]
    public void But_not_by_a_text_that_no_token_can_have()
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

    private static void Withdraw(PlainJwt jwt, string way, IssuedToken token)
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

    private PlainJwt Service(int cacheSize)
    {
        ApiJwtOptions options = Clock.Issuing(_clock);
        options.VerifiedTokenCacheSize = cacheSize;
        return new PlainJwt(options, policy =>
        {
            policy.WriteIssuedAt();
            policy.WriteTokenId();
        });
    }
}
