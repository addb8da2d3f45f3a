using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class A_time_of_issue_and_an_id_are_written_where_the_policy_says_so
{
    private static readonly TokenRequest Ann = new() { Subject = "ann" };

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void And_only_there(bool writesTime, bool writesId)
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
    [InlineData("2026-01-02T03:04:05.000Z")]
    [InlineData("2026-01-02T03:04:05.999Z")]
    [InlineData("2026-01-02T04:04:05.5+01:00")]
    public void The_time_in_whole_seconds_rounded_down(string now)
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.At(now)), policy => policy.WriteIssuedAt());

        Wire.ClaimsOf(jwt.Encode(Ann))["iat"]!.ToJsonString().Should().Be("1767323045");
    }

    /// <summary>A client that guesses an id could withdraw the token of another, so all 128 bits are random.</summary>
    [Fact]
    public void The_id_so_that_it_cannot_be_guessed()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, policy => policy.WriteTokenId());
        string[] ids = [.. Enumerable.Range(0, 200).Select(_ => jwt.Issue(Ann).TokenId!)];

        ids.Should().OnlyHaveUniqueItems().And.OnlyContain(id => id.Length == 22 && Forge.Decode(id).Length == 16);
        for (int bit = 0; bit < 128; bit++)
            ids.Select(id => (Forge.Decode(id)[bit / 8] >> (bit % 8)) & 1).Distinct().Should().HaveCount(2, "bit {0} is random", bit);
    }

    [Fact]
    public void And_the_issued_token_says_when_it_expires_but_shows_itself_nowhere()
    {
        IssuedToken token = new PlainJwt(Clock.Issuing(Clock.Standing())).Issue(new TokenRequest { Subject = "ann", TimeToLive = TimeSpan.FromSeconds(90.7) });

        token.ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(Clock.Start + 90));
        token.ExpiresAt.Offset.Should().Be(TimeSpan.Zero);
        token.ToString().Should().Be("A token that expires at 2026-01-02 03:05:35Z");
    }
}
