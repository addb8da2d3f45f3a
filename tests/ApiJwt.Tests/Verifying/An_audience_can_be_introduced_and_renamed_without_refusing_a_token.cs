using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Verifying;

/// <summary>
/// The order of deployment: every service accepts the new audience, then the auth service writes it, and when the last token without it
/// has expired, every service requires it.
/// </summary>
public class An_audience_can_be_introduced_and_renamed_without_refusing_a_token
{
    private static readonly Settings None = new(null, [], true);

    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly List<string> _alive = [];

    private static readonly Dictionary<string, (Settings[] AuthService, Settings[] Api)> Runbooks = new()
    {
        ["introduced"] = (
            [None, None with { Accepted = ["orders"], IsRequired = false }, new("orders", [], false), new("orders", [], true)],
            [None, None with { Accepted = ["orders"], IsRequired = false }, None with { Accepted = ["orders"], IsRequired = false }, None with { Accepted = ["orders"] }]),
        ["renamed"] = (
            [new("orders", [], true), new("orders", ["sales"], true), new("sales", ["orders"], true), new("sales", [], true)],
            [None with { Accepted = ["orders"] }, None with { Accepted = ["orders", "sales"] }, None with { Accepted = ["orders", "sales"] }, None with { Accepted = ["sales"] }]),
    };

    public static TheoryData<string> Names => [.. Runbooks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void In_four_stages(string what)
    {
        (Settings[] authService, Settings[] api) = Runbooks[what];
        PlainJwt auth = Service(authService[0]);
        for (int stage = 0; stage < 4; stage++)
        {
            // The services are deployed one after the other, the APIs before the auth service; during a deployment both versions run.
            PlainJwt oldApi = Service(api[Math.Max(stage - 1, 0)]);
            PlainJwt newApi = Service(api[stage]);
            PlainJwt newAuth = Service(authService[stage]);
            if (stage == 3)
            {
                // The time to live of a token.
                _clock.Advance(TimeSpan.FromHours(1));
                _alive.Clear();
            }

            Issue(auth);
            ShouldAllAccept(what, stage, oldApi, newApi, auth, newAuth);
            auth = newAuth;
            Issue(auth);
            ShouldAllAccept(what, stage, newApi, auth);
            _clock.Advance(TimeSpan.FromMinutes(10));
            Issue(auth);
        }

        // It ends where it is wanted: what has no audience, or the old one, is refused.
        PlainJwt last = Service(api[3]);
        foreach (Settings first in (Settings[])[None, authService[0]])
            last.Decode(Service(first).Encode(new TokenRequest { Subject = "ann" })).Failure.Should().Be(TokenFailure.InvalidAudience);
    }

    private void Issue(PlainJwt auth) => _alive.Add(auth.Encode(new TokenRequest { Subject = "ann" }));

    private void ShouldAllAccept(string what, int stage, params PlainJwt[] services)
    {
        foreach (PlainJwt service in services)
        {
            foreach (string token in _alive)
                service.Decode(token).Reason.Should().BeNull("the audience is {0}, and this is stage {1}", what, stage);
        }
    }

    private PlainJwt Service(Settings settings)
    {
        ApiJwtOptions options = Several_audiences_can_be_accepted.Options(settings.Audience, settings.Accepted, settings.IsRequired);
        options.TimeProvider = _clock;
        return new PlainJwt(options);
    }

    /// <summary>The three settings that a stage names.</summary>
    private sealed record Settings(string? Audience, string[] Accepted, bool IsRequired);
}
