using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Verifying;

public class AudienceTests
{
    private const string NoAudience = "\"level\":\"1.0\"";

    private static readonly Settings WithoutAudience = new(null, [], true);
    private static readonly Settings OrdersIfAny = new(null, ["orders"], false);

    private static readonly Dictionary<string, (Settings[] AuthService, Settings[] Api)> Runbooks = new()
    {
        ["introduced"] = (
            [WithoutAudience, OrdersIfAny, new("orders", [], false), new("orders", [], true)],
            [WithoutAudience, OrdersIfAny, OrdersIfAny, new(null, ["orders"], true)]),
        ["renamed"] = (
            [new("orders", [], true), new("orders", ["sales"], true), new("sales", ["orders"], true), new("sales", [], true)],
            [new(null, ["orders"], true), new(null, ["orders", "sales"], true), new(null, ["orders", "sales"], true), new(null, ["sales"], true)]),
    };

    private readonly FakeTimeProvider _clock = Clock.Standing();
    private readonly List<string> _alive = [];

    [Theory]
    [InlineData(null, null, null), InlineData(null, "orders", "orders"), InlineData("bills", null, "bills"), InlineData("bills", "orders", "orders")]
    public void The_audience_of_a_request_replaces_that_of_the_settings(string? ofSettings, string? asked, string? written) =>
        Wire.TextOf(new PlainJwt(Options(ofSettings, [], true)).Encode(For(asked)), "aud").Should().Be(written);

    [Theory]
    [InlineData("orders", true), InlineData("bills", true), InlineData("Orders", false), InlineData("orders,bills", false)]
    [InlineData("other", false)]
    public void A_request_can_name_an_audience_that_the_policy_allows(string asked, bool isAllowed)
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowAudiences("orders");
            policy.AllowAudiences("bills");
        });

        if (isAllowed)
        {
            Wire.TextOf(jwt.Encode(For(asked)), "aud").Should().Be(asked);
            return;
        }

        PolicyViolationException violation = Refusal.Of(jwt, For(asked));
        violation.Claim.Should().Be("aud");
        violation.Value.Should().Be(asked);
        violation.AllowedValues.Should().Equal("orders", "bills");
        violation.Message.Should().Contain("Policy.AllowAudiences");
    }

    [Fact]
    public void The_audience_of_the_settings_is_written_whatever_the_policy_allows() =>
        Wire.TextOf(new PlainJwt(Options("settings", [], true), policy => policy.AllowAudiences("orders")).Encode(For(null)), "aud").Should().Be("settings");

    [Fact]
    public void A_request_cannot_name_an_audience_that_no_service_can_accept()
    {
        PolicyViolationException empty = Refusal.Of(new PlainJwt(TestKeys.Issuing), For(""));
        empty.Claim.Should().Be("aud");
        empty.Message.Should().Contain("TokenRequest.Audience");
        foreach (string half in HalfCharacters.Texts)
            Refusal.Of(new PlainJwt(TestKeys.Issuing), For(half)).Claim.Should().Be("aud");
    }

    /// <summary>The hostile tokens with other claim types contain the audiences that a service with one audience, or without one, refuses.</summary>
    public static TheoryData<string?, string[], bool, string, TokenFailure> Audiences => new()
    {
        { "5", [], true, "\"aud\":5", TokenFailure.InvalidAudience },
        { null, [], true, "\"jti\":\"aud\"", TokenFailure.None },
        { "orders", ["bills"], true, "\"aud\":\"orders\"", TokenFailure.None },
        { "orders", ["bills"], true, "\"aud\":\"bills\"", TokenFailure.None },
        { "orders", ["bills"], true, "\"aud\":[\"other\",\"bills\"]", TokenFailure.None },
        { "orders", ["bills"], true, "\"aud\":\"other\"", TokenFailure.InvalidAudience },
        { "orders", ["bills"], true, "\"aud\":[]", TokenFailure.InvalidAudience },
        { "orders", ["bills"], true, NoAudience, TokenFailure.InvalidAudience },
        { null, ["bills", "orders"], true, "\"aud\":\"orders\"", TokenFailure.None },
        { null, ["bills"], true, "\"aud\":\"orders\"", TokenFailure.InvalidAudience },
        { null, ["bills"], true, "\"aud\":\"Bills\"", TokenFailure.InvalidAudience },
        { null, ["bills"], true, NoAudience, TokenFailure.InvalidAudience },
        { null, ["bills"], false, NoAudience, TokenFailure.None },
        { "orders", [], false, NoAudience, TokenFailure.None },
        { "orders", [], false, "\"aud\":\"orders\"", TokenFailure.None },
        { "orders", [], false, "\"aud\":\"other\"", TokenFailure.InvalidAudience },
        { "orders", [], false, "\"aud\":[]", TokenFailure.InvalidAudience },
        { "orders", [], false, "\"aud\":\"\"", TokenFailure.InvalidAudience },
        { "orders", [], false, "\"aud\":null", TokenFailure.InvalidAudience },
    };

    [Theory]
    [MemberData(nameof(Audiences))]
    public void A_token_must_have_an_accepted_audience_unless_none_is_required(string? audience, string[] accepted, bool isRequired, string members, TokenFailure expected) =>
        new PlainJwt(Options(audience, accepted, isRequired)).Decode(Reading.TokenWith(members)).Failure.Should().Be(expected);

    [Fact]
    public void Of_several_audiences_only_that_of_the_settings_is_written()
    {
        Wire.TextOf(new PlainJwt(Options("orders", ["bills"], true)).Encode(For(null)), "aud").Should().Be("orders");
        Wire.TextOf(new PlainJwt(Options(null, ["bills"], false)).Encode(For(null)), "aud").Should().BeNull();
    }

    public static TheoryData<string> RunbookNames => [.. Runbooks.Keys];

    /// <summary>
    /// The stages: every service accepts the new audience, then the auth service writes it. When the last token without it has expired,
    /// every service requires it.
    /// </summary>
    [Theory]
    [MemberData(nameof(RunbookNames))]
    public void An_audience_can_be_introduced_and_renamed_in_four_stages_without_refusing_a_token(string what)
    {
        (Settings[] authService, Settings[] api) = Runbooks[what];
        PlainJwt auth = Service(authService[0]);
        for (int stage = 0; stage < 4; stage++)
        {
            // The APIs are deployed before the auth service. During a deployment, both versions run.
            PlainJwt oldApi = Service(api[Math.Max(stage - 1, 0)]);
            PlainJwt newApi = Service(api[stage]);
            PlainJwt newAuth = Service(authService[stage]);
            if (stage == 3)
            {
                // Tokens live for one hour.
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

        // After the last stage, a token with the old audience or without one is refused.
        PlainJwt last = Service(api[3]);
        foreach (Settings first in (Settings[])[WithoutAudience, authService[0]])
            last.Decode(Service(first).Encode(For(null))).Failure.Should().Be(TokenFailure.InvalidAudience);
    }

    private static TokenRequest For(string? audience) => new() { Subject = "ann", Audience = audience };

    private static ApiJwtOptions Options(string? audience, string[] accepted, bool isRequired)
    {
        var options = new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, Audience = audience, RequireAudience = isRequired };
        foreach (string more in accepted)
            options.AcceptedAudiences.Add(more);
        return options;
    }

    private void Issue(PlainJwt auth) => _alive.Add(auth.Encode(For(null)));

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
        ApiJwtOptions options = Options(settings.Audience, settings.Accepted, settings.IsRequired);
        options.TimeProvider = _clock;
        return new PlainJwt(options);
    }

    /// <summary>The three audience settings of a stage.</summary>
    private sealed record Settings(string? Audience, string[] Accepted, bool IsRequired);
}
