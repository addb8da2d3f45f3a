namespace HudyaDemo;

/// <summary>The system clock, set forward by as much as the demo likes.</summary>
internal sealed class DemoClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
