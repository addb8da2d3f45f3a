namespace Hudya.Tests.Tool.Policies;

/// <summary>Its constructor throws.</summary>
public sealed class FailingJwt : ApiJwt
{
    public FailingJwt(ApiJwtOptions options)
        : base(options) => throw new NotSupportedException("The list of keys is not here.");
}
