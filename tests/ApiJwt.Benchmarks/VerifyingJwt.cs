namespace Hudya.Benchmarks;

/// <summary>A class without a policy, as a service needs it that only verifies tokens.</summary>
public sealed class VerifyingJwt(ApiJwtOptions options) : ApiJwt(options);
