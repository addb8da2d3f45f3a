using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>Makes services whose tokens have an id and say when they were issued.</summary>
public static class DatedJwt
{
    public static PlainJwt With(ApiJwtOptions options, ILogger? logger = null) => new(
        options,
        policy =>
        {
            policy.WriteIssuedAt();
            policy.WriteTokenId();
        },
        logger);
}
