using Hudya.Tests.Support;

namespace Hudya.Tests.Verifying;

public class A_claim_with_a_property_is_not_an_extra
{
    [Theory]
    [InlineData("sub", nameof(VerifiedPayload.Subject))]
    [InlineData("iss", nameof(VerifiedPayload.Issuer))]
    [InlineData("exp", nameof(VerifiedPayload.ExpiresAt))]
    [InlineData("level", nameof(VerifiedPayload.Level))]
    [InlineData("factor", nameof(VerifiedPayload.Factor))]
    [InlineData("target", nameof(VerifiedPayload.Target))]
    [InlineData("dnt", nameof(VerifiedPayload.DoNotTrack))]
    [InlineData("scopes", nameof(VerifiedPayload.Scopes))]
    public void And_the_caller_is_told_which(string claim, string property)
    {
        VerifiedPayload payload = Reading.Of("\"level\":\"1.0\"");
        Action[] reads = [() => payload.GetText(claim), () => payload.GetInteger(claim), () => payload.GetNumber(claim), () => payload.GetList(claim), () => payload.GetBoolean(claim)];

        foreach (Action read in reads)
            read.Should().ThrowExactly<ApiJwtException>().WithMessage($"*'{claim}'*VerifiedPayload.{property}.");
    }

    [Fact]
    public void Registered_claims_without_one_are_read_as_extras()
    {
        VerifiedPayload payload = Reading.Of("\"iat\":1,\"nbf\":2,\"jti\":\"id\"");

        (payload.GetInteger("iat"), payload.GetInteger("nbf"), payload.GetText("jti")).Should().Be((1, 2, "id"));
    }
}
