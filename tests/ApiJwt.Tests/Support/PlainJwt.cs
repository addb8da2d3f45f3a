using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>A subclass that configures nothing, or what a test tells it to.</summary>
public sealed class PlainJwt : ApiJwt
{
    public PlainJwt(ApiJwtOptions options, Action<PayloadPolicy>? configure = null, ILogger? logger = null)
        : base(TestCache.Applied(options), logger) => configure?.Invoke(Policy);

    /// <summary>The policy, which is for the class alone in a user's code.</summary>
    public new PayloadPolicy Policy => base.Policy;
}
