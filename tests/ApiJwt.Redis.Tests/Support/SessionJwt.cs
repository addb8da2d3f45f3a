namespace Hudya.Tests.Redis.Support;

/// <summary>A class whose tokens can be revoked.</summary>
internal sealed class SessionJwt : ApiJwt
{
    public SessionJwt(ApiJwtOptions options)
        : base(options)
    {
        Policy.WriteTokenId();
        Policy.WriteIssuedAt();
    }
}
