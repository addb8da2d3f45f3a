namespace Hudya.Tests.Tool.Policies;

/// <summary>Its constructor takes a parameter that only its own service can provide.</summary>
public sealed class DemandingJwt(ApiJwtOptions options, Version minimum) : ApiJwt(options)
{
    public Version Minimum => minimum;
}
