namespace Hudya.Tests.Tool.Policies;

/// <summary>Fails where it is made.</summary>
public sealed class FailingJwt : ApiJwt
{
    public FailingJwt(ApiJwtOptions options)
        : base(options) => throw new NotSupportedException("The list of keys is not here.");
}
