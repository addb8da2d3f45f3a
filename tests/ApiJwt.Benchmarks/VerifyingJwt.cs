namespace Hudya.Benchmarks;

/// <summary>A class without a policy, for a service that only verifies tokens.</summary>
public sealed class VerifyingJwt(ApiJwtOptions options) : ApiJwt(options);
