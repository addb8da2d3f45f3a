using ApiJwts.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>Requires that the caller authenticated at the given level or a higher one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class LevelRequirement : PayloadRequirement
{
    internal LevelRequirement(double level)
    {
        if (!double.IsFinite(level) || level <= 0)
            throw new ArgumentOutOfRangeException(nameof(level), "The level must be a finite number above 0, because every token has at least level 0.");
        Level = level;
    }

    /// <summary>The lowest level that is allowed, above 0.</summary>
    public double Level { get; }

    /// <summary>Describes the requirement for logs.</summary>
    public override string ToString() => $"level {LevelText.Of(Level)} or higher";

    internal override string? FindFault(IReadOnlyList<ApiJwt> classes)
    {
        if (classes.Any(jwt => jwt.PolicyLevels.Count == 0))
            return null;
        double highest = classes.Max(jwt => jwt.PolicyLevels.Max());
        return Level > highest
            ? $"requires level {LevelText.Of(Level)}, but the highest level of {NamesOf(classes)} is {LevelText.Of(highest)}. Require {LevelText.Of(highest)} or less, or allow the level with Policy.AllowLevels."
            : null;
    }

    private protected override bool IsMetBy(VerifiedPayload payload) => payload.Level >= Level;
}
