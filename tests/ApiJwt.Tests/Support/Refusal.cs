namespace Hudya.Tests.Support;

/// <summary>Calls the library with a mistake and returns what it reports.</summary>
public static class Refusal
{
    /// <summary>Encodes a request that the policy must refuse, and returns the violation.</summary>
    public static PolicyViolationException Of(ApiJwt jwt, TokenRequest request) =>
        FluentActions.Invoking(() => jwt.Encode(request)).Should().ThrowExactly<PolicyViolationException>().Which;

    /// <summary>Configures a policy whose last step must be refused, and returns the message.</summary>
    public static string Of(Action<PayloadPolicy> refused, Action<PayloadPolicy>? before = null)
    {
        PayloadPolicy policy = new PlainJwt(TestKeys.Verifying, before).Policy;
        return FluentActions.Invoking(() => refused(policy)).Should().ThrowExactly<ApiJwtException>().Which.Message;
    }
}
