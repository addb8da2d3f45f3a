namespace Hudya.Tests.Support;

/// <summary>What a caller is told of a mistake.</summary>
public static class Refusal
{
    /// <summary>A request that the policy must not let through.</summary>
    public static PolicyViolationException Of(ApiJwt jwt, TokenRequest request) =>
        FluentActions.Invoking(() => jwt.Encode(request)).Should().ThrowExactly<PolicyViolationException>().Which;

    /// <summary>A configuration whose last step must be refused.</summary>
    public static string Of(Action<PayloadPolicy> refused, Action<PayloadPolicy>? before = null)
    {
        PayloadPolicy policy = new PlainJwt(TestKeys.Verifying, before).Policy;
        return FluentActions.Invoking(() => refused(policy)).Should().ThrowExactly<ApiJwtException>().Which.Message;
    }
}
