namespace ApiJwts.AspNetCore;

/// <summary>Requires that the caller authenticated at the level or a higher one.</summary>
/// <remarks>If only the level is too low, the response asks the caller to authenticate at a higher level (RFC 9470).</remarks>
/// <param name="level">The lowest level that is allowed, a finite number above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">The level is not a finite number above 0.</exception>
public sealed class RequireLevelAttribute(double level) : PayloadRequirementAttribute(new LevelRequirement(level))
{
    /// <summary>The lowest level that is allowed.</summary>
    public double Level { get; } = level;
}
