namespace Hudya.Tests.Tool.Policies;

/// <summary>Takes what only its own service has.</summary>
public sealed class DemandingJwt(ApiJwtOptions options, Version minimum) : ApiJwt(options)
{
    public Version Minimum => minimum;
}
