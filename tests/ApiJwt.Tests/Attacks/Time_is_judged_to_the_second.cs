using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Attacks;

public class Time_is_judged_to_the_second
{
    private const long EndOf9999 = 253402300799;

    private static readonly long[] Past = [HostileFamily.Now, HostileFamily.Now - 1, HostileFamily.Now - 300, 1, 0, -1, -62135596800, -62135596801, long.MinValue];

    public static HostileFamily Family { get; } = new("time", Tokens());

    [Theory]
    [MemberData(nameof(Family))]
    public void A_token_outside_its_time_is_refused(string name) => Family.ShouldRefuse(name);

    [Theory]
    [InlineData(HostileFamily.Now), InlineData(2147483647), InlineData(2147483648), InlineData(4294967295), InlineData(4294967296)]
    [InlineData(EndOf9999)]
    public void A_token_is_valid_until_the_second_of_its_expiry_and_no_longer(long expiry)
    {
        string token = Forge.Claims(GoodClaims.With("exp", $"{expiry}"));

        At(expiry, TimeSpan.FromTicks(-1)).Decode(token).IsValid.Should().BeTrue();
        At(expiry, TimeSpan.Zero).Decode(token).Failure.Should().Be(TokenFailure.Expired);
        At(expiry, TimeSpan.FromTicks(-1)).Decode(token).Payload!.ExpiresAt.ToUnixTimeSeconds().Should().Be(expiry);
    }

    [Fact]
    public void A_fraction_of_a_second_in_the_expiry_counts()
    {
        string token = Forge.Claims(GoodClaims.With("exp", "1767225600.5"));

        At(1767225600, TimeSpan.FromMilliseconds(499)).Decode(token).IsValid.Should().BeTrue();
        At(1767225600, TimeSpan.FromMilliseconds(500)).Decode(token).Failure.Should().Be(TokenFailure.Expired);
    }

    [Fact]
    public void A_token_is_valid_from_the_second_of_its_not_before()
    {
        string token = Forge.Claims(GoodClaims.With("nbf", "1800000000"));

        At(1800000000, TimeSpan.FromTicks(-1)).Decode(token).Failure.Should().Be(TokenFailure.NotYetValid);
        At(1800000000, TimeSpan.Zero).Decode(token).IsValid.Should().BeTrue();
    }

    [Fact]
    public void Clock_skew_moves_both_ends_by_as_much_as_it_says()
    {
        TimeSpan skew = TimeSpan.FromSeconds(30);
        string token = Forge.Claims(GoodClaims.With("nbf", "1800000000").Replace("4102444800", "1800000100", StringComparison.Ordinal));

        At(1800000000 - 31, TimeSpan.Zero, skew).Decode(token).Failure.Should().Be(TokenFailure.NotYetValid);
        At(1800000000 - 30, TimeSpan.Zero, skew).Decode(token).IsValid.Should().BeTrue();
        At(1800000100 + 30, TimeSpan.FromTicks(-1), skew).Decode(token).IsValid.Should().BeTrue();
        At(1800000100 + 30, TimeSpan.Zero, skew).Decode(token).Failure.Should().Be(TokenFailure.Expired);
    }

    [Fact]
    public void A_clock_at_the_first_or_last_possible_time_does_not_throw()
    {
        string token = Forge.Claims(GoodClaims.With("nbf", "0"));
        string last = Forge.Claims(GoodClaims.With("exp", $"{EndOf9999}"));
        string first = Forge.Claims(GoodClaims.With("exp", "-62135596800"));
        TimeSpan skew = TimeSpan.FromMinutes(5);

        AtTime(DateTimeOffset.MinValue, skew).Decode(token).Failure.Should().Be(TokenFailure.NotYetValid);
        AtTime(DateTimeOffset.MinValue, skew).Decode(first).IsValid.Should().BeTrue();
        AtTime(DateTimeOffset.MinValue, TimeSpan.Zero).Decode(first).Failure.Should().Be(TokenFailure.Expired);
        AtTime(DateTimeOffset.MaxValue, skew).Decode(token).Failure.Should().Be(TokenFailure.Expired);
        AtTime(DateTimeOffset.MaxValue, skew).Decode(last).IsValid.Should().BeTrue();
        AtTime(DateTimeOffset.MaxValue, TimeSpan.Zero).Decode(last).Failure.Should().Be(TokenFailure.Expired);
    }

    private static IEnumerable<HostileToken> Tokens()
    {
        foreach (long expiry in Past)
            yield return new($"exp is {expiry}", Forge.Claims(GoodClaims.With("exp", $"{expiry}")), TokenFailure.Expired);
        foreach (string expiry in (string[])["1767225600.0", "1767225599.999", "1.7672256e9", "0.5", "-0", "-0.0", "-1e30", "-1e400", "-9223372036854775809", "1e-400", "0e0"])
            yield return new($"exp is {expiry}", Forge.Claims(GoodClaims.With("exp", expiry)), expiry == "-1e400" ? TokenFailure.Malformed : TokenFailure.Expired);
        foreach (string notBefore in (string[])["1767225601", "1767225600.5", "1.7672256001e9", "4102444799", "253402300799"])
            yield return new($"nbf is {notBefore}", Forge.Claims(GoodClaims.With("nbf", notBefore)), TokenFailure.NotYetValid);

        // The signature is checked before the time, so that an untrusted token is never reported as expired.
        yield return new("expired and forged", Forge.Sign(Forge.Rs256Header, GoodClaims.With("exp", "1"), TestKeys.ForeignKey), TokenFailure.InvalidSignature);
        yield return new("to come and forged", Forge.Sign(Forge.Rs256Header, GoodClaims.With("nbf", "4102444799"), TestKeys.ForeignKey), TokenFailure.InvalidSignature);
        yield return new("expired and of a wrong type", Forge.Claims(GoodClaims.With("exp", "1").Replace("\"2.0\"", "\"nan\"", StringComparison.Ordinal)), TokenFailure.Malformed);
        yield return new("expired and for another audience", Forge.Claims(GoodClaims.With("exp", "1")[..^1] + ",\"aud\":\"other\"}"), TokenFailure.InvalidAudience);
    }

    private static PlainJwt At(long second, TimeSpan offset, TimeSpan skew = default) => AtTime(DateTimeOffset.FromUnixTimeSeconds(second) + offset, skew);

    private static PlainJwt AtTime(DateTimeOffset now, TimeSpan skew) =>
        new(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, TimeProvider = new FakeTimeProvider(now), ClockSkew = skew });
}
