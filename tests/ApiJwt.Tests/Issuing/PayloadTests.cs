using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>The expected payloads are those that <c>api_jwt</c> 1.2.2 writes for the same input.</summary>
public class PayloadTests
{
    private static readonly TokenRequest Ann = new() { Subject = "ann" };

    [Fact]
    public void A_payload_has_everything_that_the_request_asks_for()
    {
        string token = new HudyaJwt(Clock.Issuing(Clock.Standing())).Encode(new TokenRequest
        {
            Subject = "user@domain.com", Key = "support", Level = 3.1, Factor = "yubikey", Target = "other@domain.com",
            Scopes = ["support:mobile", "support:power"], DoNotTrack = DoNotTrack.NotAnonymous, TimeToLive = TimeSpan.FromMinutes(5),
        });

        Wire.ShouldCarry(token, """
            {"iss":"auth_support","sub":"user@domain.com","exp":1767323345,"level":"3.1","factor":"yubikey",
             "target":"other@domain.com","dnt":"2","scopes":"support:mobile,support:power"}
            """);
    }

    [Fact]
    public void A_payload_has_extras_of_every_kind()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()), policy =>
        {
            Extra[] asked = [Extra.Text("team"), Extra.Integer("age"), Extra.Number("limit"), Extra.TextList("groups")];
            Extra[] withDefaults = [Extra.Text("city", "Oslo"), Extra.Integer("visits", 0), Extra.Number("rate", 0.5), Extra.TextList("tags", [])];
            Array.ForEach([.. asked, .. withDefaults], policy.AllowExtra);
        });

        string token = jwt.Encode(new TokenRequest
        {
            Subject = "ann",
            Extras = new Dictionary<string, ClaimValue> { ["team"] = "red", ["age"] = 42, ["limit"] = 99.5, ["groups"] = ClaimValue.From(["a", "b"]) },
        });

        Wire.ShouldCarry(token, """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":"",
             "team":"red","age":"42","limit":"99.5","groups":"a,b","city":"Oslo","visits":"0","rate":"0.5","tags":""}
            """);
    }

    /// <summary>A claim that is null counts as not set. No other claims are added, such as the <c>iat</c> and <c>nbf</c> that IdentityModel writes.</summary>
    [Fact]
    public void A_payload_has_the_defaults_even_when_they_are_empty_and_nothing_else()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()));
        TokenRequest[] requests =
        [
            new() { Subject = "ann" },
            new() { Subject = "ann", Key = null, Level = null, Factor = null, Target = null, Scopes = null, DoNotTrack = null, TimeToLive = null },
        ];

        foreach (TokenRequest request in requests)
        {
            Wire.ShouldCarry(jwt.Encode(request), """
                {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":""}
                """);
        }
    }

    [Theory]
    [InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public void A_time_of_issue_and_an_id_are_written_only_if_the_policy_says_so(bool writesTime, bool writesId)
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()), policy =>
        {
            if (writesTime)
                policy.WriteIssuedAt();
            if (writesId)
                policy.WriteTokenId();
        });

        IssuedToken token = jwt.Issue(Ann);

        Wire.ClaimsOf(token.Text).ContainsKey("iat").Should().Be(writesTime);
        Wire.TextOf(token.Text, "jti").Should().Be(token.TokenId);
        token.TokenId.Should().Match(id => (id != null) == writesId);
        VerifiedPayload payload = jwt.Decode(token.Text).Payload!;
        payload.TokenId.Should().Be(token.TokenId);
        payload.IssuedAt.Should().Be(writesTime ? DateTimeOffset.FromUnixTimeSeconds(Clock.Start) : null);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05.000Z"), InlineData("2026-01-02T03:04:05.999Z"), InlineData("2026-01-02T04:04:05.5+01:00")]
    public void The_time_of_issue_is_in_whole_seconds_rounded_down(string now)
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.At(now)), policy => policy.WriteIssuedAt());
        Wire.ClaimsOf(jwt.Encode(Ann))["iat"]!.ToJsonString().Should().Be("1767323045");
    }

    /// <summary>A client that guesses an id could revoke the token of another, so all 128 bits are random.</summary>
    [Fact]
    public void The_id_of_a_token_cannot_be_guessed()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.WriteTokenId());
        string[] ids = [.. Enumerable.Range(0, 200).Select(_ => jwt.Issue(Ann).TokenId!)];
        ids.Should().OnlyHaveUniqueItems().And.OnlyContain(id => id.Length == 22 && Forge.Decode(id).Length == 16);
        for (int bit = 0; bit < 128; bit++)
            ids.Select(id => (Forge.Decode(id)[bit / 8] >> (bit % 8)) & 1).Distinct().Should().HaveCount(2, "bit {0} must be random", bit);
    }

    [Fact]
    public void An_issued_token_says_when_it_expires_and_does_not_show_its_text()
    {
        IssuedToken token = new PlainJwt(Clock.Issuing(Clock.Standing())).Issue(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromSeconds(90.7) });
        token.ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(Clock.Start + 90));
        token.ExpiresAt.Offset.Should().Be(TimeSpan.Zero);
        token.ToString().Should().Be("A token that expires at 2026-01-02 03:05:35Z");
    }
}
