using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class An_unconfigured_policy_is_that_of_the_Python_library
{
    private static readonly PlainJwt Jwt = new(TestKeys.Issuing);

    [Theory]
    [InlineData(null, "auth_user")]
    [InlineData("user", "auth_user")]
    [InlineData("admin", "auth_admin")]
    public void Users_and_admins_have_issuers(string? asked, string issuer)
    {
        Wire.TextOf(Jwt.Encode(new TokenRequest { Subject = "ann", Key = asked }), "iss").Should().Be(issuer);
    }

    [Theory]
    [InlineData("user", "user:all")]
    [InlineData("admin", "admin:all")]
    public void Each_key_has_one_scope(string key, string scope)
    {
        Jwt.Decode(Jwt.Encode(new TokenRequest { Subject = "ann", Key = key, Scopes = [scope] })).Payload!.Scopes.Should().Equal(scope);
    }

    [Theory]
    [InlineData("user", "admin:all")]
    [InlineData("admin", "user:all")]
    public void And_not_that_of_the_other(string key, string scope)
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Key = key, Scopes = [scope] }).Claim.Should().Be("scopes");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Levels_are_0_to_4(double level)
    {
        Jwt.Decode(Jwt.Encode(new TokenRequest { Subject = "ann", Level = level })).Payload!.Level.Should().Be(level);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3.1)]
    [InlineData(5)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    public void And_no_others(double level)
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", Level = level }).Claim.Should().Be("level");
    }

    [Fact]
    public void Every_do_not_track_choice_may_be_issued()
    {
        foreach (DoNotTrack choice in Enum.GetValues<DoNotTrack>())
            Jwt.Decode(Jwt.Encode(new TokenRequest { Subject = "ann", DoNotTrack = choice })).Payload!.DoNotTrack.Should().Be(choice);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void And_none_that_is_not_defined(int choice)
    {
        Refusal.Of(Jwt, new TokenRequest { Subject = "ann", DoNotTrack = (DoNotTrack)choice }).Claim.Should().Be("dnt");
    }

    [Theory]
    [InlineData("")]
    [InlineData("yubikey")]
    [InlineData("a,b \n \"'\\ Å 😀")]
    public void Any_factor_and_target_may_be_issued(string text)
    {
        VerifiedPayload payload = Jwt.Decode(Jwt.Encode(new TokenRequest { Subject = "ann", Factor = text, Target = text })).Payload!;

        payload.Factor.Should().Be(text);
        payload.Target.Should().Be(text);
    }
}
