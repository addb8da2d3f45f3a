namespace ApiJwts.AspNetCore;

/// <summary>Lets only callers in who authenticated at this level or a higher one.</summary>
/// <remarks>A caller for whom this is the only thing amiss is asked to authenticate more strongly (RFC 9470).</remarks>
/// <param name="level">The lowest level that may pass, above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">The level is not a finite number above 0.</exception>
public sealed class RequireLevelAttribute(double level) : PayloadRequirementAttribute(new LevelRequirement(level))
{
    /// <summary>The lowest level that may pass.</summary>
    public double Level { get; } = level;
}
