using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Support;

/// <summary>A subclass with the default policy, or with one that a test configures.</summary>
public sealed class PlainJwt : ApiJwt
{
    public PlainJwt(ApiJwtOptions options, Action<PayloadPolicy>? configure = null, ILogger? logger = null)
        : base(TestCache.Applied(options), logger) => configure?.Invoke(Policy);

    /// <summary>The policy, which is protected in the base class.</summary>
    public new PayloadPolicy Policy => base.Policy;
}
