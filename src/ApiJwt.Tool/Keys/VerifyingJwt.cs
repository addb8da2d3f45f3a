namespace ApiJwts.Tool.Keys;

/// <summary>A class without a policy, which reads keys and verifies tokens.</summary>
internal sealed class VerifyingJwt(ApiJwtOptions options) : ApiJwt(options);
