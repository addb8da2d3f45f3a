using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class The_policy_freezes_with_the_first_token_issued
{
    [Fact]
    public void That_is_issued()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        jwt.Encode(new TokenRequest { Subject = "ann" });

        ShouldBeFrozen(jwt.Policy);
    }

    [Fact]
    public void That_is_refused_to_the_caller()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        Refusal.Of(jwt, new TokenRequest { Subject = "ann", Level = 9 });

        ShouldBeFrozen(jwt.Policy);
    }

    [Fact]
    public void But_not_with_one_that_is_verified()
    {
        var jwt = new PlainJwt(TestKeys.Verifying);
        jwt.Decode(Forge.Claims(Forge.GoodPayload)).IsValid.Should().BeTrue();

        jwt.Policy.Invoking(policy => policy.AllowLevels(1)).Should().NotThrow("a decode changes nothing");
    }

    [Fact]
    public void And_is_open_until_then()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        jwt.Policy.AllowLevels(9);

        Wire.TextOf(jwt.Encode(new TokenRequest { Subject = "ann", Level = 9 }), "level").Should().Be("9.0");
    }

    private static void ShouldBeFrozen(PayloadPolicy policy)
    {
        Action<PayloadPolicy>[] changes =
        [
            frozen => frozen.AllowLevels(1),
            frozen => frozen.AllowDoNotTrack(DoNotTrack.Normal),
            frozen => frozen.AllowFactors("otp"),
            frozen => frozen.AllowTargets("bob"),
            frozen => frozen.AllowKey("x", "auth_x", []),
            frozen => frozen.AllowScopes("read"),
            frozen => frozen.AllowExtra(Extra.Text("team")),
            frozen => frozen.SetDefault("level", 1),
        ];
        foreach (Action<PayloadPolicy> change in changes)
            policy.Invoking(change).Should().ThrowExactly<ApiJwtException>().WithMessage("*froze*first token*constructor*");
    }
}
