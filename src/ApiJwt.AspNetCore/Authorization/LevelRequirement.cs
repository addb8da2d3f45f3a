namespace ApiJwts.AspNetCore.Authorization;

/// <summary>An authentication level, or a higher one.</summary>
internal sealed class LevelRequirement : PayloadRequirement
{
    public LevelRequirement(double level)
    {
        if (!double.IsFinite(level) || level <= 0)
            throw new ArgumentOutOfRangeException(nameof(level), "The level must be a finite number above 0: every token has level 0.");
        Level = level;
    }

    public double Level { get; }

    public override string? FindFault(IReadOnlyList<ApiJwt> classes)
    {
        if (classes.Any(jwt => jwt.PolicyLevels.Count == 0))
            return null;
        double highest = classes.Max(jwt => jwt.PolicyLevels.Max());
        return Level > highest
            ? $"requires level {LevelText.Of(Level)}, and the highest level of {NamesOf(classes)} is {LevelText.Of(highest)}. Require that one or a lower one, or allow the level with Policy.AllowLevels."
            : null;
    }

    public override string ToString() => $"level {LevelText.Of(Level)} or higher";

    protected override bool IsMetBy(VerifiedPayload payload) => payload.Level >= Level;
}
