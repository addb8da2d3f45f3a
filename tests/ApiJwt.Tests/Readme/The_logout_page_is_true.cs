using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Readme;

public class The_logout_page_is_true
{
    private readonly FakeTimeProvider _clock = Clock.Standing();

    [Fact]
    public void Each_of_the_four_calls_revokes_what_the_page_says()
    {
        var jwt = new SessionJwt(Clock.Issuing(_clock));
        IssuedToken token = Issue(jwt, "user@domain.com");
        IssuedToken issued = Issue(jwt, "user@domain.com");
        IssuedToken third = Issue(jwt, "user@domain.com");
        IssuedToken other = Issue(jwt, "other@domain.com");
        VerifiedPayload payload = jwt.Decode(token.Text).Payload!;
        _clock.Advance(TimeSpan.FromSeconds(1));

        #region Revocations
        jwt.Revocations.Revoke(payload);                              // this token: log out here
        jwt.Revocations.RevokeToken(issued.TokenId!, issued.ExpiresAt); // the same, with the id and the expiry that you stored
        jwt.Revocations.RevokeSubject("user@domain.com");             // log out everywhere; a token issued after this stays valid
        jwt.Revocations.RevokeAll();                                  // everybody, such as after an intrusion
        #endregion

        foreach (IssuedToken revoked in (IssuedToken[])[token, issued, third, other])
            jwt.Decode(revoked.Text).Failure.Should().Be(TokenFailure.Revoked);
        jwt.Decode(Issue(jwt, "user@domain.com").Text).IsValid.Should().BeTrue();
    }

    [Fact]
    public void The_numbers_on_the_page_are_those_of_the_settings()
    {
        Page.At("src/ApiJwt/docs/LOGOUT.md").Text.Should().Contain("every five seconds").And.Contain("one second or more");
        new ApiJwtOptions().RevocationsRefreshInterval.Should().Be(TimeSpan.FromSeconds(5));
        Action tooShort = () => _ = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, RevocationsRefreshInterval = TimeSpan.FromMilliseconds(999) });
        tooShort.Should().Throw<ApiJwtException>();
    }

    private static IssuedToken Issue(ApiJwt jwt, string subject) => jwt.Issue(new TokenRequest { Subject = subject });

    private sealed class SessionJwt : ApiJwt
    {
        public SessionJwt(ApiJwtOptions options)
            : base(options)
        {
            #region PolicyOfSessions
            Policy.WriteTokenId();
            Policy.WriteIssuedAt();
            #endregion
        }
    }
}
