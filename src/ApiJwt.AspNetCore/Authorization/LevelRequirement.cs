using ApiJwts.AspNetCore.Authorization;

namespace ApiJwts.AspNetCore;

/// <summary>Requires an authentication level, or a higher one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class LevelRequirement : PayloadRequirement
{
    internal LevelRequirement(double level)
    {
        if (!double.IsFinite(level) || level <= 0)
            throw new ArgumentOutOfRangeException(nameof(level), "The level must be a finite number above 0: every token has level 0.");
        Level = level;
    }

    /// <summary>The lowest level that may pass, above 0.</summary>
    public double Level { get; }

    /// <summary>The requirement in words, for logs.</summary>
    public override string ToString() => $"level {LevelText.Of(Level)} or higher";

    internal override string? FindFault(IReadOnlyList<ApiJwt> classes)
    {
        if (classes.Any(jwt => jwt.PolicyLevels.Count == 0))
            return null;
        double highest = classes.Max(jwt => jwt.PolicyLevels.Max());
        return Level > highest
            ? $"requires level {LevelText.Of(Level)}, and the highest level of {NamesOf(classes)} is {LevelText.Of(highest)}. Require that one or a lower one, or allow the level with Policy.AllowLevels."
            : null;
    }

    private protected override bool IsMetBy(VerifiedPayload payload) => payload.Level >= Level;
}
