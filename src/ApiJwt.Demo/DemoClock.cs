namespace HudyaDemo;

/// <summary>The system clock, moved forward by <see cref="Ahead"/>.</summary>
internal sealed class DemoClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
